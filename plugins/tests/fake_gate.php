<?php

declare(strict_types=1);

// Plays the gate of Havenmeester as it is, and as it must not be trusted. Which part it plays stands in the file `part` of
// the folder in the first argument; what it hears is written beside it. One process for each connection, so that a part
// that never answers does not keep the others.

[, $folder] = $argv;

exec('openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1'
    . ' -addext subjectAltName=IP:127.0.0.1 -keyout ' . escapeshellarg("$folder/gate.key")
    . ' -out ' . escapeshellarg("$folder/gate.pem") . ' 2>&1', $said, $code);
if ($code !== 0) {
    fwrite(STDERR, "openssl made no certificate: " . implode("\n", $said) . "\n");
    exit(1);
}

$secure = stream_context_create(['ssl' => ['local_cert' => "$folder/gate.pem", 'local_pk' => "$folder/gate.key"]]);
$plainDoor = stream_socket_server('tcp://127.0.0.1:0');
$secureDoor = stream_socket_server('tcp://127.0.0.1:0', $fault, $words, STREAM_SERVER_BIND | STREAM_SERVER_LISTEN, $secure);
$port = static fn ($door): string => substr((string) strrchr((string) stream_socket_get_name($door, false), ':'), 1);
echo $port($plainDoor) . ' ' . $port($secureDoor) . "\n";
fflush(STDOUT);
pcntl_signal(SIGCHLD, SIG_IGN);

while (true) {
    $ready = [$plainDoor, $secureDoor];
    $none = null;
    if (@stream_select($ready, $none, $none, 3600) === false) {
        continue;
    }
    foreach ($ready as $door) {
        $line = @stream_socket_accept($door, 0);
        if ($line !== false && pcntl_fork() === 0) {
            pcntl_alarm(30);
            if ($door === $secureDoor && !@stream_socket_enable_crypto($line, true, STREAM_CRYPTO_METHOD_TLS_SERVER)) {
                exit(0);
            }
            serve($line, $folder);
            exit(0);
        }
        if ($line !== false) {
            fclose($line);
        }
    }
}

function serve($line, string $folder): void
{
    $head = '';
    while (!str_contains($head, "\r\n\r\n") && ($part = fread($line, 8192)) !== '' && $part !== false) {
        $head .= $part;
    }
    if (preg_match('/\A[A-Z]+ \S+ HTTP/', $head) !== 1) {
        return;
    }
    [$head, $body] = explode("\r\n\r\n", $head, 2) + [1 => ''];
    preg_match('/^content-length: (\d+)/mi', $head, $length);
    while (strlen($body) < (int) ($length[1] ?? 0) && ($part = fread($line, 8192)) !== '' && $part !== false) {
        $body .= $part;
    }
    preg_match('/^authorization: (.*?)\r?$/mi', $head, $authorization);
    [$method, $path] = explode(' ', $head);
    $heard = ['method' => $method, 'path' => $path, 'authorization' => $authorization[1] ?? '', 'body' => json_decode($body, true)];
    file_put_contents("$folder/heard", json_encode($heard) . "\n", FILE_APPEND | LOCK_EX);
    answer($line, trim((string) file_get_contents("$folder/part")), $method, $path, $heard['body']);
    fclose($line);
}

function answer($line, string $part, string $method, string $path, mixed $body): void
{
    $ends = str_ends_with($path, '/ended');
    $good = match (true) {
        $ends => [204, ''],
        $method === 'POST' => [202, json_encode(['id' => 'AP-' . md5((string) ($body['order'] ?? '')), 'state' => 'received'])],
        default => [200, json_encode(['answer' => $part === 'hold' ? 'hold' : 'go_on'])],
    };
    // What it tells of an order is right, and what it answers at the gate is not.
    if (str_starts_with($part, 'gate:')) {
        $part = $method === 'GET' ? substr($part, 5) : 'go_on';
    }
    $json = 'application/json';
    match ($part) {
        'slow' => sleep(1),
        'hang' => sleep(20),
        default => null,
    };
    match ($part) {
        'go_on', 'hold', 'slow' => say($line, $good[0], $json, $good[1]),
        'hang' => null,
        'drip' => drip($line, $good[0], $good[1]),
        '500', '401', '403', '404', '422', '429' => say($line, (int) $part, 'application/problem+json', '{"status":' . $part . '}'),
        'garbled' => say($line, $good[0], $json, "\xff\xfe{{go_on"),
        'empty' => say($line, $good[0], $json, ''),
        'word' => say($line, $good[0], $json, '{"answer":"GO_ON","id":"../../etc"}'),
        'list' => say($line, $good[0], $json, '["go_on"]'),
        'yes' => say($line, $good[0], $json, '{"answer":true,"id":7}'),
        'nested' => say($line, $good[0], $json, '{"data":{"answer":"go_on"}}'),
        'page' => say($line, 200, 'text/html', $good[1]),
        'accepted' => say($line, 201, $json, '{"answer":"go_on","id":"AP-1"}'),
        'cut' => fwrite($line, "HTTP/1.1 $good[0] OK\r\nContent-Type: $json\r\nContent-Length: 500\r\n\r\n" . $good[1]),
        'cut_in_json' => say($line, $good[0], $json, substr($good[1], 0, -2)),
        'shut' => null,
        'huge' => say($line, $good[0], $json, $good[1] . str_repeat(' ', 200_000)),
        'redirect' => fwrite($line, "HTTP/1.1 302 Found\r\nLocation: /other$path\r\nContent-Type: $json\r\nContent-Length: 18\r\n\r\n{\"answer\":\"go_on\"}"),
        'redirect_post' => fwrite($line, "HTTP/1.1 307 Temporary Redirect\r\nLocation: /other$path\r\nContent-Length: 0\r\n\r\n"),
    };
}

function say($line, int $status, string $kind, string $body): void
{
    fwrite($line, "HTTP/1.1 $status Played\r\nContent-Type: $kind\r\nContent-Length: " . strlen($body) . "\r\nConnection: close\r\n\r\n$body");
}

/** Byte by byte, so that something comes all the time and the end never. */
function drip($line, int $status, string $body): void
{
    foreach (str_split("HTTP/1.1 $status Played\r\nContent-Type: application/json\r\nContent-Length: " . strlen($body) . "\r\n\r\n$body") as $byte) {
        @fwrite($line, $byte);
        usleep(100_000);
    }
}
