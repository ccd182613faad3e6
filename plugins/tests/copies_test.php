<?php

declare(strict_types=1);

// Each plug-in carries the client, so that it is installed by copying one folder. The copies are equal.

require __DIR__ . '/kit.php';

/** @return array<string, string> Hashes of the files below a folder, by name. */
function hashes(string $folder): array
{
    $hashes = [];
    foreach (scandir($folder) ?: [] as $name) {
        if (is_file("$folder/$name")) {
            $hashes[$name] = hash_file('sha256', "$folder/$name");
        }
    }

    return $hashes;
}

$plugins = dirname(__DIR__);
$client = hashes("$plugins/php/client");
check(isset($client['Gate.php']), true, 'the client is there');
foreach (['whmcs/havenmeester', 'fossbilling/Havenmeester', 'paymenter/Havenmeester'] as $plugin) {
    check(hashes("$plugins/$plugin/client"), $client, "$plugin/client is plugins/php/client");
}
// FOSSBilling looks for the page in one of two folders, as its version wants it.
$page = 'mod_havenmeester_settings.html.twig';
check(
    hashes("$plugins/fossbilling/Havenmeester/html_admin"),
    hashes("$plugins/fossbilling/Havenmeester/templates/admin"),
    "both copies of $page",
);
foreach (['whmcs', 'fossbilling', 'paymenter', 'php'] as $plugin) {
    check(is_file("$plugins/$plugin/README.md"), true, "plugins/$plugin has a guide");
}
