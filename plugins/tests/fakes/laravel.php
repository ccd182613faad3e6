<?php

declare(strict_types=1);

// As much of Laravel and Paymenter as the extension meets: the container, the bus with its handlers, a queue whose jobs run
// once, events, the schedule, the models, and the ways on which an order becomes a server.

namespace Illuminate\Support\Facades {
    /** The dispatcher: a job that has a handler is handed to it instead of running. */
    final class Bus
    {
        /** @var array<string, string> */
        public static array $handlers = [];
        /** @var list<object> What is on the queue. */
        public static array $queue = [];
        public static bool $isSync = false;

        public static function map(array $map): void
        {
            self::$handlers = [...self::$handlers, ...$map];
        }

        public static function dispatch(object $job): void
        {
            self::$isSync ? self::runNow($job) : self::$queue[] = $job;
        }

        public static function runNow(object $job): void
        {
            $handler = self::$handlers[$job::class] ?? null;
            $handler === null ? $job->handle() : app()->make($handler)->handle($job);
        }

        /** A worker takes what is on the queue, each job once, in a process of its own. */
        public static function work(): void
        {
            while (($job = array_shift(self::$queue)) !== null) {
                self::runNow($job);
            }
        }
    }

    final class Event
    {
        /** @var array<string, list<callable>> */
        public static array $listeners = [];

        public static function listen(string $event, callable $work): void
        {
            self::$listeners[$event][] = $work;
        }
    }

    final class DB
    {
        public static ?\PDO $pdo = null;

        public static function connection(): self
        {
            return new self();
        }

        public function getPdo(): \PDO
        {
            return self::$pdo ?? throw new \RuntimeException('the database does not answer');
        }
    }

    final class Log
    {
        /** @var list<string> */
        public static array $lines = [];

        public static function info(string $line): void
        {
            self::$lines[] = $line;
        }
    }
}

namespace Illuminate\Console\Scheduling {
    final class Schedule
    {
        /** @var list<callable> */
        public array $work = [];
        /** @var list<string> */
        public array $said = [];

        public function call(callable $work): self
        {
            $this->work[] = $work;

            return $this;
        }

        public function __call(string $name, array $values): self
        {
            $this->said[] = $name;

            return $this;
        }
    }
}

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

namespace App\Events\Order {
    final class Finalized
    {
        public function __construct(public \App\Models\Order $order)
        {
        }
    }
}

namespace App\Events\Service {
    final class Updated
    {
        public function __construct(public \App\Models\Service $service)
        {
        }
    }
}

namespace App\Events\User {
    final class Updated
    {
        public function __construct(public \App\Models\User $user)
        {
        }
    }
}

namespace App\Jobs\Server {
    final class CreateJob
    {
        public $tries = 1;

        public function __construct(public \App\Models\Service $service, public $sendNotification = true)
        {
        }

        public static function dispatch(\App\Models\Service $service): void
        {
            \Illuminate\Support\Facades\Bus::dispatch(new self($service));
        }

        public function handle(): void
        {
            \FakePaymenter::$created[] = $this->service->id;
        }
    }
}

namespace App\Models {
    /** A row, by its number. */
    abstract class Model
    {
        /** @var array<string, array<int, static>> */
        private static array $rows = [];
        public int $id;

        public static function add(array $values): static
        {
            $row = new static();
            $row->id = count(self::$rows[static::class] ?? []) + 1;
            foreach ($values as $name => $value) {
                $row->$name = $value;
            }

            return self::$rows[static::class][$row->id] = $row;
        }

        public static function find(int $id): ?static
        {
            return self::$rows[static::class][$id] ?? null;
        }

        public static function findOrFail(int $id): static
        {
            return self::find($id) ?? throw new \RuntimeException('No query results for model');
        }
    }

    final class User extends Model
    {
        public string $first_name, $last_name, $email;
        public string $password = 'canary-password';
        public string $tfa_secret = 'canary-secret';
        /** @var list<object> */
        public array $properties = [];
    }

    final class Order extends Model
    {
        public int $user_id;
        public User $user;
        /** @var list<Service> */
        public array $services = [];
    }

    final class Service extends Model
    {
        public ?int $order_id;
        public string $status = 'pending';
        public object $product;
        /** @var list<object> */
        public array $properties = [];
        /** @var list<object> */
        public array $invoices = [];
    }
}

namespace {
    use App\Models\Order;
    use App\Models\Service;
    use App\Models\User;
    use Illuminate\Support\Facades\Bus;
    use Illuminate\Support\Facades\Event;

    final class FakeContainer
    {
        public static ?self $current = null;
        /** @var array<string, callable> */
        private array $makers = [];
        /** @var array<string, object> */
        private array $made = [];
        /** @var array<string, list<callable>> */
        private array $after = [];

        public function singleton(string $name, callable $maker): void
        {
            $this->makers[$name] = $maker;
            unset($this->made[$name]);
        }

        public function make(string $name): object
        {
            if (isset($this->made[$name])) {
                return $this->made[$name];
            }
            $object = isset($this->makers[$name]) ? ($this->makers[$name])() : $this->built($name);
            if (isset($this->makers[$name])) {
                $this->made[$name] = $object;
            }
            foreach ($this->after[$name] ?? [] as $work) {
                $work($object);
            }

            return $object;
        }

        public function call(callable $work): mixed
        {
            return $work();
        }

        public function afterResolving(string $name, callable $work): void
        {
            $this->after[$name][] = $work;
        }

        /** What the constructor asks for is made, too. */
        private function built(string $name): object
        {
            $asked = (new ReflectionClass($name))->getConstructor()?->getParameters() ?? [];

            return new $name(...array_map(fn ($one): object => $this->make((string) $one->getType()), $asked));
        }
    }

    function app(?string $name = null): object
    {
        $container = FakeContainer::$current ??= new FakeContainer();

        return $name === null ? $container : $container->make($name);
    }

    final class FakePaymenter
    {
        /** @var list<int> Services that a machine was made for. */
        public static array $created = [];
        /** @var array<string, string> */
        public array $settings = [];

        public function __construct(private string $extension)
        {
            Illuminate\Support\Facades\DB::$pdo = new PDO('sqlite::memory:');
        }

        /** A new process: the extension boots in each. What it listened to before is gone with the process before. */
        public function boots(): object
        {
            Bus::$handlers = Event::$listeners = [];
            FakeContainer::$current = null;
            $extension = new $this->extension($this->settings);
            $extension->boot();

            return $extension;
        }

        /** @param array<string, string> $properties */
        public function customer(string $first, string $last, string $email, array $properties): User
        {
            return User::add(['first_name' => $first, 'last_name' => $last, 'email' => $email, 'properties' => self::properties($properties)]);
        }

        /** @param list<array{0: string, 1: array<string, string>}> $items Product, and what was chosen with it. */
        public function checkout(User $user, array $items, bool $isFree = false): Order
        {
            $order = Order::add(['user_id' => $user->id, 'user' => $user]);
            foreach ($items as [$product, $chosen]) {
                $order->services[] = Service::add([
                    'order_id' => $order->id, 'product' => (object) ['name' => $product], 'properties' => self::properties($chosen),
                ]);
            }
            if ($isFree) {
                $this->pay($order);
            }
            $this->fire(new App\Events\Order\Finalized($order));

            return $order;
        }

        /** Paymenter marks a service as active as soon as its job is on the queue. */
        public function pay(Order $order): void
        {
            foreach ($order->services as $service) {
                App\Jobs\Server\CreateJob::dispatch($service);
                $service->status = 'active';
            }
        }

        /** Every five minutes. */
        public function scheduleRuns(): void
        {
            $schedule = app(Illuminate\Console\Scheduling\Schedule::class);
            foreach ($schedule->work as $work) {
                $work();
            }
        }

        public function cancel(Service $service): void
        {
            $service->status = 'cancelled';
            $this->fire(new App\Events\Service\Updated($service));
        }

        public function fire(object $event): void
        {
            foreach (Event::$listeners[$event::class] ?? [] as $work) {
                $work($event);
            }
        }

        /** @return list<object> */
        public static function properties(array $values): array
        {
            $row = static fn (string $key, string $value): object => (object) ['key' => $key, 'value' => $value];

            return array_map($row, array_keys($values), array_values($values));
        }
    }
}
