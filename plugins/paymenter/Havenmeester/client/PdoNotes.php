<?php

declare(strict_types=1);

namespace Havenmeester;

/**
 * The shop's memory of its orders in two tables of the shop's own database (MySQL, MariaDB, SQLite).
 */
final class PdoNotes implements Notes
{
    /**
     * @param \Closure(): \PDO $pdo    Gives the shop's connection; it is asked when it is needed first.
     * @param string           $prefix What the names of both tables begin with; never a visitor's text.
     */
    public function __construct(private \Closure $pdo, private string $prefix)
    {
    }

    /** Makes the tables where they are not there. */
    public function install(): void
    {
        $this->run(
            "CREATE TABLE IF NOT EXISTS {$this->prefix}_orders (order_number VARCHAR(190) NOT NULL PRIMARY KEY,"
            . ' application VARCHAR(100) NOT NULL, told_at BIGINT NOT NULL, ended INTEGER NOT NULL)'
        );
        $this->run(
            "CREATE TABLE IF NOT EXISTS {$this->prefix}_held (kind VARCHAR(20) NOT NULL, item BIGINT NOT NULL,"
            . ' order_number VARCHAR(190) NOT NULL, since BIGINT NOT NULL, PRIMARY KEY (kind, item))'
        );
    }

    /** Takes the tables away. */
    public function uninstall(): void
    {
        $this->run("DROP TABLE IF EXISTS {$this->prefix}_held");
        $this->run("DROP TABLE IF EXISTS {$this->prefix}_orders");
    }

    public function application(string $order): ?string
    {
        $rows = $this->run("SELECT application FROM {$this->prefix}_orders WHERE order_number = ?", [$order]);

        return isset($rows[0]) ? (string) $rows[0]['application'] : null;
    }

    public function toldAt(string $order): int
    {
        $rows = $this->run("SELECT told_at FROM {$this->prefix}_orders WHERE order_number = ?", [$order]);

        return (int) ($rows[0]['told_at'] ?? 0);
    }

    public function told(string $order, string $application, int $now): void
    {
        $this->run("REPLACE INTO {$this->prefix}_orders VALUES (?, ?, ?, 0)", [$order, $application, $now]);
    }

    public function hold(string $kind, int $item, string $order, int $now): bool
    {
        if ($this->waits($kind, $item)) {
            return false;
        }
        $this->run("REPLACE INTO {$this->prefix}_held VALUES (?, ?, ?, ?)", [$kind, $item, $order, $now]);

        return true;
    }

    public function release(string $kind, int $item): bool
    {
        if (!$this->waits($kind, $item)) {
            return false;
        }
        $this->run("DELETE FROM {$this->prefix}_held WHERE kind = ? AND item = ?", [$kind, $item]);

        return true;
    }

    public function held(): array
    {
        $rows = $this->run("SELECT kind, item, order_number, since FROM {$this->prefix}_held ORDER BY since, item");
        $held = static fn (array $row): array => [
            'kind' => (string) $row['kind'],
            'item' => (int) $row['item'],
            'order' => (string) $row['order_number'],
            'since' => (int) $row['since'],
        ];

        return array_map($held, $rows);
    }

    public function end(string $order): void
    {
        $this->run("UPDATE {$this->prefix}_orders SET ended = 1 WHERE order_number = ?", [$order]);
    }

    public function ending(): array
    {
        $rows = $this->run("SELECT order_number, application FROM {$this->prefix}_orders WHERE ended = 1");

        return array_column($rows, 'application', 'order_number');
    }

    public function forget(string $order): void
    {
        $this->run("DELETE FROM {$this->prefix}_orders WHERE order_number = ?", [$order]);
        $this->run("DELETE FROM {$this->prefix}_held WHERE order_number = ?", [$order]);
    }

    private function waits(string $kind, int $item): bool
    {
        return $this->run("SELECT item FROM {$this->prefix}_held WHERE kind = ? AND item = ?", [$kind, $item]) !== [];
    }

    /**
     * @param list<int|string> $values
     *
     * @return list<array<string, mixed>>
     */
    private function run(string $sql, array $values = []): array
    {
        $statement = ($this->pdo)()->prepare($sql);
        $done = $statement->execute($values);
        if (!$done) {
            throw new \RuntimeException('the database of the shop did not answer');
        }

        return $statement->columnCount() > 0 ? $statement->fetchAll(\PDO::FETCH_ASSOC) : [];
    }
}
