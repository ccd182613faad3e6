<?php

declare(strict_types=1);

// Paymenter around its own job, for the tests with the queue of Laravel itself.

namespace App\Classes\Extension {
    class Extension
    {
        public function __construct(public $config = [])
        {
        }

        public function config($key)
        {
            return $this->config[$key] ?? null;
        }
    }
}

namespace App\Models {
    /** Of both models only what the gate asks. */
    class Service
    {
        public string $status = 'active';

        public function __construct(public int $id, public ?int $order_id)
        {
        }

        public static function find(int $id): self
        {
            return new self($id, 1);
        }

        public static function findOrFail(int $id): self
        {
            return new self($id, 1);
        }
    }

    class Order
    {
        public object $user;
        public array $services = [];

        public static function findOrFail(int $id): self
        {
            $order = new self();
            $order->user = (object) ['id' => 7, 'first_name' => 'Sam', 'last_name' => 'Kade', 'email' => 'noc@orchard.example', 'properties' => []];

            return $order;
        }
    }
}

namespace App\Jobs\Server {
    final class CreateJob implements \Illuminate\Contracts\Queue\ShouldQueue
    {
        use \Illuminate\Bus\Queueable;
        use \Illuminate\Queue\InteractsWithQueue;
        use \Illuminate\Queue\SerializesModels;

        public $tries = 1;

        public function __construct(public \App\Models\Service $service, public $sendNotification = true)
        {
        }

        public static function dispatch(\App\Models\Service $service): void
        {
            app(\Illuminate\Contracts\Bus\Dispatcher::class)->dispatch(new self($service));
        }

        public function handle(\Played $other): void
        {
            \Played::$created[] = $this->service->id;
        }
    }
}
