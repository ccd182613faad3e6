<?php

declare(strict_types=1);

// As much of FOSSBilling as the module meets: the container, events that listeners may stop by an exception, and the ways on
// which an order is activated.

namespace Pimple {
    class Container implements \ArrayAccess
    {
        /** @var array<string, mixed> */
        private array $values = [];

        public function offsetExists(mixed $name): bool
        {
            return isset($this->values[$name]);
        }

        public function offsetGet(mixed $name): mixed
        {
            return $this->values[$name] ?? throw new \InvalidArgumentException("$name is not there");
        }

        public function offsetSet(mixed $name, mixed $value): void
        {
            $this->values[$name] = $value;
        }

        public function offsetUnset(mixed $name): void
        {
            unset($this->values[$name]);
        }
    }
}

namespace FOSSBilling {
    interface InjectionAwareInterface
    {
        public function setDi(\Pimple\Container $di): void;

        public function getDi(): ?\Pimple\Container;
    }
}

namespace {
    final class Box_Event
    {
        public function __construct(private string $name, private mixed $parameters, private Pimple\Container $di)
        {
        }

        public function getParameters(): mixed
        {
            return $this->parameters;
        }

        public function getDi(): Pimple\Container
        {
            return $this->di;
        }
    }

    abstract class Api_Abstract
    {
        public function __construct(private object $service)
        {
        }

        public function getService(): object
        {
            return $this->service;
        }
    }

    final class FakeFossBilling
    {
        public Pimple\Container $di;
        /** @var list<int> Orders that a service was made for. */
        public array $created = [];
        /** @var list<string> What is noted beside an order. */
        public array $history = [];
        private PDO $pdo;
        /** @var array<string, mixed> */
        private array $config = [];
        /** @var array<string, list<callable>> */
        private array $listeners = [];

        public function __construct()
        {
            $this->pdo = new PDO('sqlite::memory:');
            $this->di = new Pimple\Container();
            $this->di['pdo'] = $this->pdo;
            $this->di['mod_config'] = fn (string $module): array => $this->config;
            // What the cron may do in the name of the system.
            $this->di['api_system'] = new class ($this) {
                public function __construct(private FakeFossBilling $shop)
                {
                }

                public function order_activate(array $data): bool
                {
                    return $this->shop->activate($data['id']);
                }
            };
            $this->pdo->exec(<<<'SQL'
                CREATE TABLE client (id INTEGER PRIMARY KEY, email TEXT, first_name TEXT, last_name TEXT, company TEXT, company_vat TEXT,
                    company_number TEXT, phone_cc TEXT, phone TEXT, address_1 TEXT, address_2 TEXT, city TEXT, state TEXT, postcode TEXT,
                    country TEXT, ip TEXT, custom_1 TEXT, custom_2 TEXT, pass TEXT, salt TEXT, api_token TEXT, birthday TEXT, notes TEXT);
                CREATE TABLE client_order (id INTEGER PRIMARY KEY, client_id INTEGER, group_id TEXT, title TEXT, config TEXT, status TEXT,
                    notes TEXT);
                CREATE TABLE pay_gateway (id INTEGER PRIMARY KEY, name TEXT, config TEXT);
                CREATE TABLE invoice (id INTEGER PRIMARY KEY, gateway_id INTEGER);
                CREATE TABLE invoice_item (id INTEGER PRIMARY KEY, invoice_id INTEGER, type TEXT, rel_id TEXT);
                INSERT INTO pay_gateway VALUES (1, 'Bank transfer', 'canary-key')
                SQL);
        }

        /** Connects what a module listens to, as FOSSBilling finds it: by the type of the first parameter. */
        public function connect(object $service): void
        {
            $service->setDi($this->di);
            foreach ((new ReflectionClass($service))->getMethods(ReflectionMethod::IS_PUBLIC) as $method) {
                $type = $method->getParameters()[0] ?? null;
                if ((string) $type?->getType() === Box_Event::class) {
                    $this->listeners[$method->getName()][] = [$service::class, $method->getName()];
                }
            }
        }

        public function set(string $name, string $value): void
        {
            $this->config[$name] = $value;
        }

        public function databaseAnswers(bool $does): void
        {
            if ($does) {
                $this->di['pdo'] = $this->pdo;
            } else {
                unset($this->di['pdo']);
            }
        }

        /** @param array<string, string> $customer Columns of `client`. */
        public function customer(array $customer): int
        {
            $secrets = ['pass' => 'canary-pass', 'salt' => 'canary', 'api_token' => 'canary-token', 'birthday' => '1970-01-01',
                'notes' => 'canary-notes', 'custom_2' => 'canary-custom'];
            $all = $customer + $secrets;
            $names = implode(', ', array_keys($all));
            $this->run("INSERT INTO client ($names) VALUES (" . implode(', ', array_fill(0, count($all), '?')) . ')', array_values($all));

            return (int) $this->pdo->lastInsertId();
        }

        /**
         * A cart becomes orders; what is free is activated at once, inside of it.
         *
         * @param list<array{0: string, 1: array<string, mixed>}> $items Title and answers of the order form.
         *
         * @return list<int>
         */
        public function checkout(int $client, array $items, bool $isFree = false): array
        {
            $group = uniqid('', true);
            $this->run('INSERT INTO invoice (gateway_id) VALUES (1)', []);
            $invoice = (int) $this->pdo->lastInsertId();
            $orders = [];
            foreach ($items as [$title, $config]) {
                $this->run("INSERT INTO client_order (client_id, group_id, title, config, status, notes) VALUES (?, ?, ?, ?, 'pending_setup',"
                    . " 'canary-notes')", [$client, $group, $title, json_encode($config)]);
                $orders[] = (int) $this->pdo->lastInsertId();
                $this->run("INSERT INTO invoice_item (invoice_id, type, rel_id) VALUES (?, 'order', ?)", [$invoice, (string) end($orders)]);
            }
            if ($isFree) {
                array_map($this->tryToActivate(...), $orders);
            }
            $this->fire('onAfterClientOrderCreate', ['ip' => '192.0.2.7', 'client_id' => $client, 'id' => $orders[0]]);

            return $orders;
        }

        /** The invoice was paid. @param list<int> $orders */
        public function pay(array $orders): void
        {
            array_map($this->tryToActivate(...), $orders);
        }

        private function tryToActivate(int $order): void
        {
            try {
                $this->activate($order);
            } catch (Exception $fault) {
                $this->history[] = "Order could not be activated due to error: {$fault->getMessage()}.";
            }
        }

        /** What staff does by a button, and what everything else ends in. */
        public function activate(int $order): bool
        {
            $status = $this->run('SELECT status FROM client_order WHERE id = ?', [$order])[0]['status'] ?? 'pending_setup';
            if (!in_array($status, ['pending_setup', 'failed_setup'], true)) {
                throw new Exception('Only pending setup or failed orders can be activated');
            }
            $this->fire('onBeforeAdminOrderActivate', ['id' => $order]);
            $this->created[] = $order;
            $this->run("UPDATE client_order SET status = 'active' WHERE id = ?", [$order]);
            $this->fire('onAfterAdminOrderActivate', ['id' => $order]);

            return true;
        }

        public function cancel(int $order): void
        {
            $this->run("UPDATE client_order SET status = 'canceled' WHERE id = ?", [$order]);
            $this->fire('onAfterAdminOrderCancel', ['id' => $order]);
        }

        public function rename(int $client, string $company): void
        {
            $this->run('UPDATE client SET company = ? WHERE id = ?', [$company, $client]);
            $this->fire('onAfterClientProfileUpdate', ['id' => $client]);
        }

        public function cron(): void
        {
            $this->fire('onBeforeAdminCronRun', null);
            $this->fire('onAfterAdminCronRun', null);
        }

        public function fire(string $event, mixed $parameters): void
        {
            foreach ($this->listeners[$event] ?? [] as $listener) {
                $listener(new Box_Event($event, $parameters, $this->di));
            }
        }

        /** @return list<array<string, mixed>> */
        private function run(string $sql, array $values): array
        {
            $statement = $this->pdo->prepare($sql);
            $statement->execute($values);

            return $statement->fetchAll(PDO::FETCH_ASSOC);
        }
    }
}
