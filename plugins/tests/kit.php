<?php

declare(strict_types=1);

// What the tests of the plug-ins share: a check, and the fake gate at their side.

error_reporting(E_ALL);
ini_set('display_errors', 'stderr');
ini_set('assert.exception', '1');
// A warning in a shop is a page that looks broken.
set_error_handler(static function (int $level, string $text, string $file, int $line): bool {
    if ((error_reporting() & $level) === 0) {
        return false;
    }
    throw new ErrorException($text, 0, $level, $file, $line);
});

/** Says what does not hold, and where, and ends the test. */
function check(mixed $found, mixed $expected, string $what): void
{
    if ($found === $expected) {
        return;
    }
    $line = debug_backtrace()[0]['line'] ?? 0;
    fwrite(STDERR, "line $line: $what\n  found    " . var_export($found, true) . "\n  expected " . var_export($expected, true) . "\n");
    exit(1);
}

/** Seconds that something takes. */
function seconds(callable $work): float
{
    $begin = hrtime(true);
    $work();

    return (hrtime(true) - $begin) / 1e9;
}

/** The fake gate, in a process of its own that ends with the test. */
final class FakeGate
{
    /** @var resource */
    private $process;
    public readonly string $folder;
    public readonly string $address;
    public readonly string $secureAddress;

    public function __construct()
    {
        $this->folder = sys_get_temp_dir() . '/havenmeester-gate-' . bin2hex(random_bytes(8));
        mkdir($this->folder, 0700);
        $this->plays('go_on');
        $pipes = [];
        $command = [PHP_BINARY, __DIR__ . '/fake_gate.php', $this->folder];
        $this->process = proc_open($command, [1 => ['pipe', 'w'], 2 => STDERR], $pipes);
        [$port, $securePort] = explode(' ', trim((string) fgets($pipes[1])));
        $this->address = "http://127.0.0.1:$port";
        $this->secureAddress = "https://127.0.0.1:$securePort";
    }

    public function __destruct()
    {
        proc_terminate($this->process, 9);
        array_map('unlink', glob("$this->folder/*") ?: []);
        rmdir($this->folder);
    }

    /** What the gate plays from now on. */
    public function plays(string $part): void
    {
        file_put_contents("$this->folder/part.new", $part);
        rename("$this->folder/part.new", "$this->folder/part");
    }

    /** The certificate of the secure address, which nobody signed. */
    public function certificate(): string
    {
        return "$this->folder/gate.pem";
    }

    /** @return list<array{method: string, path: string, authorization: string, body: mixed}> What came, and forgets it. */
    public function heard(): array
    {
        $lines = @file("$this->folder/heard", FILE_IGNORE_NEW_LINES) ?: [];
        @unlink("$this->folder/heard");

        return array_map(static fn (string $line): array => json_decode($line, true), $lines);
    }

    /** @return list<string> Method and path of what came, with `{id}` for the id. */
    public function asked(): array
    {
        $short = static fn (array $one): string => $one['method'] . ' ' . preg_replace('/AP-[0-9a-f]{32}/', '{id}', $one['path']);

        return array_map($short, $this->heard());
    }
}
