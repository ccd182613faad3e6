<?php

declare(strict_types=1);

// The add-on as WHMCS knows it: settings, tables, and the page with what waits.

if (!defined('WHMCS')) {
    exit('This file belongs to WHMCS.');
}

require_once __DIR__ . '/Shop.php';

use Havenmeester\Whmcs\Shop;

function havenmeester_config(): array
{
    return [
        'name' => 'Havenmeester',
        'description' => 'Tells Havenmeester of new orders and provisions them when their check is done.',
        'version' => '1.0',
        'author' => 'Havenmeester',
        'language' => 'english',
        'fields' => [
            'address' => [
                'FriendlyName' => 'Address', 'Type' => 'text', 'Size' => '60',
                'Description' => 'of Havenmeester, such as https://havenmeester.example.net',
            ],
            'token' => [
                'FriendlyName' => 'Token', 'Type' => 'password', 'Size' => '60',
                'Description' => 'with the scope "shop"; it is encrypted when it is used first',
            ],
            'ca_file' => [
                'FriendlyName' => 'Certificates', 'Type' => 'text', 'Size' => '60',
                'Description' => 'a file on this server, only if Havenmeester has a certificate of your own authority',
            ],
            'fields' => [
                'FriendlyName' => 'Your own fields', 'Type' => 'textarea', 'Rows' => '5',
                'Description' => 'what they mean, one a line: register_number = KvK number',
            ],
            'welcome_mail' => [
                'FriendlyName' => 'Welcome mail', 'Type' => 'yesno', 'Default' => 'on',
                'Description' => 'send the product\'s welcome mail when something that waited was created',
            ],
        ],
    ];
}

function havenmeester_activate(): array
{
    try {
        Shop::notes()->install();
    } catch (\Throwable) {
        return ['status' => 'error', 'description' => 'The tables could not be made. May the database user make tables?'];
    }

    return ['status' => 'success', 'description' => 'Now enter address and token. Until then every new order waits.'];
}

function havenmeester_deactivate(): array
{
    try {
        Shop::notes()->uninstall();
    } catch (\Throwable) {
        return ['status' => 'error', 'description' => 'The tables mod_havenmeester_* could not be removed.'];
    }

    return ['status' => 'success', 'description' => 'Orders are no longer checked. Create by hand what still waits.'];
}

function havenmeester_output(array $vars): void
{
    $shop = Shop::ofSettings();
    $problem = $shop->problem();
    $said = $problem === null ? 'Havenmeester answers.' : "Havenmeester does not answer: $problem. Every new order waits.";
    echo '<p>' . htmlspecialchars($said) . '</p>';
    $rows = '';
    foreach ($shop->held() as $one) {
        $cells = ["order {$one['order']}", "{$one['kind']} {$one['item']}", gmdate('Y-m-d H:i', $one['since']) . ' UTC'];
        $rows .= '<tr><td>' . implode('</td><td>', array_map('htmlspecialchars', $cells)) . '</td></tr>';
    }
    echo $rows === ''
        ? '<p>Nothing waits.</p>'
        : '<table class="datatable"><tr><th>Order</th><th>Waits for the check of Havenmeester</th><th>Since</th></tr>'
            . $rows . '</table>';
}
