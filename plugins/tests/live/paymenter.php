<?php

declare(strict_types=1);

// Paymenter with the extension, for tests against the real server.

require __DIR__ . '/../fakes/laravel.php';
foreach (['Shop', 'Customer', 'GatedCreate', 'Havenmeester'] as $file) {
    require __DIR__ . "/../../paymenter/Havenmeester/$file.php";
}

use App\Models\Order;
use Illuminate\Support\Facades\Bus;

return new class {
    private FakePaymenter $shop;

    public function __construct()
    {
        $this->shop = new FakePaymenter(Paymenter\Extensions\Others\Havenmeester\Havenmeester::class);
    }

    public function set(string $address, string $token): void
    {
        $this->shop->settings = ['address' => $address, 'token' => $token];
        $this->shop->boots()->enabled();
    }

    public function order(string $company, string $email): int
    {
        $client = $this->shop->customer('Sam', 'Kade', $email, ['company_name' => $company, 'country' => 'NL']);

        return $this->shop->checkout($client, [['VPS M', []]])->id;
    }

    public function pay(int $order): void
    {
        $this->shop->pay(Order::findOrFail($order));
        Bus::work();
    }

    public function cron(): void
    {
        $this->shop->scheduleRuns();
        Bus::work();
    }

    public function isCreated(int $order): bool
    {
        return in_array(Order::findOrFail($order)->services[0]->id, FakePaymenter::$created, true);
    }

    /** @return list<string> */
    public function staff(): array
    {
        return Illuminate\Support\Facades\Log::$lines;
    }
};
