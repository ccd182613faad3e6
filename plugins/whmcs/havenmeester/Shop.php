<?php

declare(strict_types=1);

namespace Havenmeester\Whmcs;

require_once __DIR__ . '/client/client.php';
require_once __DIR__ . '/Customer.php';

use Havenmeester\Gate;
use Havenmeester\Orders;
use Havenmeester\PdoNotes;
use WHMCS\Database\Capsule;

/**
 * WHMCS as Havenmeester sees it: orders with services, addons and domains, each held by itself.
 *
 * Methods that WHMCS calls do not throw.
 */
final class Shop
{
    private const TABLES = 'mod_havenmeester';
    /** How a token of Havenmeester begins; what begins otherwise was encrypted by WHMCS. */
    private const TOKEN_PREFIX = 'hvm_';
    private const OPEN_DOMAIN = ['Pending', 'Pending Registration', 'Pending Transfer'];
    private const OVER = ['Terminated', 'Cancelled', 'Fraud'];

    private static ?self $one = null;

    private Gate $gate;
    private Orders $orders;

    /** @param array<string, string> $settings */
    private function __construct(private array $settings, string $token)
    {
        $this->gate = new Gate($settings['address'] ?? '', $token, $settings['ca_file'] ?? null);
        $this->orders = new Orders($this->gate, self::notes());
    }

    /** The shop with the settings of the add-on; the same one for a whole request, so that nobody waits twice. */
    public static function ofSettings(): self
    {
        try {
            $settings = self::settings();
            if (self::$one === null || self::$one->settings !== $settings) {
                self::$one = new self($settings, self::token($settings));
            }

            return self::$one;
        } catch (\Throwable) {
            // Without settings nobody is asked, and everything waits.
            return new self([], '');
        }
    }

    public static function notes(): PdoNotes
    {
        return new PdoNotes(static fn (): \PDO => Capsule::connection()->getPdo(), self::TABLES);
    }

    /** What is wrong with the connection, if anything. */
    public function problem(): ?string
    {
        return $this->gate->check();
    }

    /** @return list<array{kind: string, item: int, order: string, since: int}> */
    public function held(): array
    {
        try {
            return self::notes()->held();
        } catch (\Throwable) {
            return [];
        }
    }

    public function cameIn(int $order): void
    {
        if ($order > 0) {
            $this->orders->came((string) $order, $this->whatOf((string) $order));
        }
    }

    /** @param array<string, mixed> $params As every provisioning module gets them. */
    public function mayCreate(array $params): bool
    {
        $addon = (int) ($params['addonId'] ?? 0);
        $service = (int) ($params['serviceid'] ?? 0);
        if ($addon === 0 && $service === 0) {
            return false;
        }

        return $addon > 0 ? $this->mayProvision('addon', $addon) : $this->mayProvision('service', $service);
    }

    /** @param array<string, mixed> $params As every registrar module gets them. */
    public function mayRegister(array $params): bool
    {
        $domain = (int) ($params['domainid'] ?? 0);

        return $domain > 0 && $this->mayProvision('domain', $domain);
    }

    public function tryAgain(): void
    {
        $this->orders->tryAgain($this->isOpen(...), $this->provision(...), $this->whatOf(...));
    }

    /** A customer whose order waits is looked at with what they say now. */
    public function clientChanged(int $client): void
    {
        foreach (array_unique(array_column($this->held(), 'order')) as $order) {
            try {
                $isTheirs = Customer::ofOrder((string) $order)->client === $client;
            } catch (\Throwable) {
                continue;
            }
            if ($isTheirs) {
                $this->orders->changed((string) $order, $this->whatOf((string) $order));
            }
        }
    }

    /** When the last service of an order ended, so did the contract. */
    public function terminated(int $service): void
    {
        try {
            $order = self::orderOf('service', $service);
            $open = array_filter(
                self::rows('SELECT id, domainstatus FROM tblhosting WHERE orderid = ?', [(int) $order]),
                // The service itself is still marked as active while its end is reported.
                static fn (array $row): bool => (int) $row['id'] !== $service
                    && !in_array($row['domainstatus'], self::OVER, true),
            );
            if ($open === []) {
                $this->orders->ended($order);
            }
        } catch (\Throwable) {
            // The house ends it by hand.
        }
    }

    private function mayProvision(string $kind, int $item): bool
    {
        try {
            $order = self::orderOf($kind, $item);
        } catch (\Throwable) {
            return false;
        }
        $first = static fn () => logActivity("Havenmeester: $kind $item of order $order " . Orders::WAITS);

        return $this->orders->mayProvision($kind, $item, $order, $this->whatOf($order), $first);
    }

    private function whatOf(string $order): callable
    {
        return fn (): array => Customer::ofOrder($order)->told((string) ($this->settings['fields'] ?? ''));
    }

    private function isOpen(string $kind, int $item): bool
    {
        $row = self::rows(match ($kind) {
            'service' => 'SELECT domainstatus AS state FROM tblhosting WHERE id = ?',
            'addon' => 'SELECT status AS state FROM tblhostingaddons WHERE id = ?',
            'domain' => 'SELECT status AS state FROM tbldomains WHERE id = ?',
        }, [$item])[0] ?? null;
        $open = $kind === 'domain' ? self::OPEN_DOMAIN : ['Pending'];

        return $row !== null && in_array($row['state'], $open, true);
    }

    /** By WHMCS's own commands, which go through the gate again. */
    private function provision(string $kind, int $item): void
    {
        if ($kind === 'addon') {
            // There is no command for addons: they stay on the page until somebody creates them.
            return;
        }
        if ($kind === 'service') {
            $done = localAPI('ModuleCreate', ['serviceid' => $item, 'accountid' => $item]);
        } else {
            $type = self::rows('SELECT type FROM tbldomains WHERE id = ?', [$item])[0]['type'] ?? '';
            $done = localAPI($type === 'Transfer' ? 'DomainTransfer' : 'DomainRegister', ['domainid' => $item]);
        }
        if (($done['result'] ?? '') !== 'success') {
            return;
        }
        logActivity("Havenmeester: $kind $item was released and created");
        if ($kind === 'service' && ($this->settings['welcome_mail'] ?? '') === 'on') {
            self::welcome($item);
        }
    }

    private static function welcome(int $service): void
    {
        $sql = 'SELECT e.name FROM tblhosting h JOIN tblproducts p ON p.id = h.packageid'
            . ' JOIN tblemailtemplates e ON e.id = p.welcomeemail WHERE h.id = ?';
        $name = self::rows($sql, [$service])[0]['name'] ?? null;
        if ($name !== null) {
            localAPI('SendEmail', ['messagename' => $name, 'id' => $service]);
        }
    }

    /** The number by which Havenmeester knows an order. What was made without an order is one by itself. */
    private static function orderOf(string $kind, int $item): string
    {
        $row = self::rows(match ($kind) {
            'service' => 'SELECT orderid FROM tblhosting WHERE id = ?',
            'addon' => 'SELECT orderid FROM tblhostingaddons WHERE id = ?',
            'domain' => 'SELECT orderid FROM tbldomains WHERE id = ?',
        }, [$item])[0] ?? throw new \RuntimeException("there is no $kind $item");
        $order = (int) $row['orderid'];

        return $order > 0 ? (string) $order : "$kind-$item";
    }

    /**
     * @param list<int|string> $values
     *
     * @return list<array<string, mixed>>
     */
    public static function rows(string $sql, array $values): array
    {
        $statement = Capsule::connection()->getPdo()->prepare($sql);
        $statement->execute($values);

        return $statement->fetchAll(\PDO::FETCH_ASSOC);
    }

    /** @return array<string, string> */
    private static function settings(): array
    {
        $rows = self::rows('SELECT setting, value FROM tbladdonmodules WHERE module = ?', ['havenmeester']);

        return array_map('strval', array_column($rows, 'value', 'setting'));
    }

    /**
     * The token, which WHMCS keeps as it was typed until it is seen here for the first time.
     *
     * @param array<string, string> $settings
     */
    private static function token(array $settings): string
    {
        $kept = trim($settings['token'] ?? '');
        if ($kept === '') {
            return '';
        }
        if (!str_starts_with($kept, self::TOKEN_PREFIX)) {
            return (string) (localAPI('DecryptPassword', ['password2' => $kept])['password'] ?? '');
        }
        $sealed = localAPI('EncryptPassword', ['password2' => $kept]);
        if (($sealed['result'] ?? '') === 'success' && ($sealed['password'] ?? '') !== '') {
            $sql = "UPDATE tbladdonmodules SET value = ? WHERE module = 'havenmeester' AND setting = 'token'";
            Capsule::connection()->getPdo()->prepare($sql)->execute([$sealed['password']]);
        }

        return $kept;
    }
}
