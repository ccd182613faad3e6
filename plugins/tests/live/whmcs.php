<?php

declare(strict_types=1);

// WHMCS with the add-on, for tests against the real server.

require __DIR__ . '/../fakes/whmcs.php';
require __DIR__ . '/../../whmcs/havenmeester/havenmeester.php';
require __DIR__ . '/../../whmcs/havenmeester/hooks.php';

return new class {
    private FakeWhmcs $shop;
    /** @var array<int, int> The service of an order. */
    private array $services = [];

    public function __construct()
    {
        $this->shop = new FakeWhmcs();
        havenmeester_activate();
    }

    public function set(string $address, string $token): void
    {
        $this->shop->set('address', $address);
        $this->shop->set('token', $token);
    }

    public function order(string $company, string $email): int
    {
        $client = $this->shop->customer(['companyname' => $company, 'firstname' => 'Sam', 'lastname' => 'Kade', 'email' => $email, 'countrycode' => 'NL']);
        $order = $this->shop->checkout($client, [1]);
        $this->services[$order] = count($this->services) + 1;

        return $order;
    }

    public function pay(int $order): void
    {
        $this->shop->pay($order);
    }

    public function cron(): void
    {
        $this->shop->cron();
    }

    public function isCreated(int $order): bool
    {
        return in_array($this->services[$order], $this->shop->created, true);
    }

    /** @return list<string> */
    public function staff(): array
    {
        return $this->shop->log;
    }
};
