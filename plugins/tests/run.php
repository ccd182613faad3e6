<?php

declare(strict_types=1);

// Runs every test of the plug-ins, each in a process of its own and all at once: most of their time they wait for a gate
// that does not answer. Says what failed, and ends with 1 if anything did.

$running = [];
foreach (glob(__DIR__ . '/*_test.php') ?: [] as $test) {
    $pipes = [];
    $process = proc_open([PHP_BINARY, $test], [1 => ['file', "$test.out", 'w'], 2 => ['redirect', 1]], $pipes);
    $running[basename($test, '.php')] = [$process, "$test.out"];
}
$failed = 0;
foreach ($running as $name => [$process, $file]) {
    $code = proc_close($process);
    $said = trim((string) file_get_contents($file));
    unlink($file);
    echo "$name: " . ($code === 0 ? 'ok' : 'FAILED') . ($said === '' ? '' : "\n$said") . "\n";
    $failed += $code === 0 ? 0 : 1;
}
exit($running === [] || $failed > 0 ? 1 : 0);
