<?php

declare(strict_types=1);

// FOSSBilling with the module, for tests against the real server.

require __DIR__ . '/../fakes/fossbilling.php';
require __DIR__ . '/../../fossbilling/Havenmeester/Service.php';

return new class {
    private FakeFossBilling $shop;

    public function __construct()
    {
        $this->shop = new FakeFossBilling();
        $service = new Box\Mod\Havenmeester\Service();
        $this->shop->connect($service);
        $service->install();
    }

    public function set(string $address, string $token): void
    {
        $this->shop->set('address', $address);
        $this->shop->set('token', $token);
    }

    public function order(string $company, string $email): int
    {
        $client = $this->shop->customer(['company' => $company, 'first_name' => 'Sam', 'last_name' => 'Kade', 'email' => $email, 'country' => 'NL']);

        return $this->shop->checkout($client, [['VPS M', []]])[0];
    }

    public function pay(int $order): void
    {
        $this->shop->pay([$order]);
    }

    public function cron(): void
    {
        $this->shop->cron();
    }

    public function isCreated(int $order): bool
    {
        return in_array($order, $this->shop->created, true);
    }

    /** @return list<string> */
    public function staff(): array
    {
        return $this->shop->history;
    }
};
