<?php

declare(strict_types=1);

// Any other shop with the client alone, as the guide shows it, for tests against the real server.

require __DIR__ . '/../../php/client/client.php';

use Havenmeester\Facts;
use Havenmeester\Gate;

return new class {
    private Gate $gate;
    /** @var array<int, array{id: ?string, facts: array<string, mixed>, created: bool, paid: bool}> */
    private array $orders = [];

    public function set(string $address, string $token): void
    {
        $this->gate = new Gate($address, $token);
    }

    public function order(string $company, string $email): int
    {
        $order = count($this->orders) + 1;
        $facts = Facts::of(['company' => $company, 'person' => 'Sam Kade', 'emails' => [$email], 'country' => 'NL']);
        $this->orders[$order] = ['id' => $this->gate->tell((string) $order, null, $facts), 'facts' => $facts, 'created' => false, 'paid' => false];

        return $order;
    }

    public function pay(int $order): void
    {
        $this->orders[$order]['paid'] = true;
        $this->cron();
    }

    public function cron(): void
    {
        foreach ($this->orders as $number => &$order) {
            $order['id'] ??= $this->gate->tell((string) $number, null, $order['facts']);
            if ($order['paid'] && !$order['created'] && $this->gate->mayGoOn($order['id'])) {
                $order['created'] = true;
            }
        }
    }

    public function isCreated(int $order): bool
    {
        return $this->orders[$order]['created'];
    }

    /** @return list<string> */
    public function staff(): array
    {
        return [];
    }
};
