<?php

declare(strict_types=1);

// A shop with its plug-in that does what it is told, line by line, so that a test can play it against the real server:
//
//     php live.php whmcs http://127.0.0.1:8080 hvm_...
//
// Each line that comes is JSON with `do`; each line that goes is the answer to one.

require __DIR__ . '/kit.php';

[, $name, $address, $token] = $argv;
$shop = require __DIR__ . "/live/$name.php";
$shop->set($address, $token);

while (($line = fgets(STDIN)) !== false) {
    $told = json_decode($line, true, 8, JSON_THROW_ON_ERROR);
    $said = match ($told['do']) {
        'order' => ['order' => $shop->order($told['company'], $told['email'])],
        'pay' => ['pay' => $shop->pay($told['order'])],
        'cron' => ['cron' => $shop->cron()],
        'is_created' => ['is_created' => $shop->isCreated($told['order'])],
        // What staff sees, with the numbers of orders taken out.
        'staff' => ['staff' => array_map(static fn (string $line): string => preg_replace('/\d+/', 'N', $line), $shop->staff())],
    };
    echo json_encode($said, JSON_THROW_ON_ERROR) . "\n";
    fflush(STDOUT);
}
