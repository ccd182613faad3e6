<?php

declare(strict_types=1);

// As much of WHMCS as the add-on meets: hooks, the local API, the database, and the ways on which an order becomes a service.

namespace WHMCS\Database {
    final class Capsule
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
}

namespace {
    define('WHMCS', true);

    /** A customer as the shop knows them. What no other program may see has the word canary in it. */
    final class FakeWhmcs
    {
        /** @var array<string, list<callable>> */
        public static array $hooks = [];
        public static ?self $shop = null;
        /** @var list<string> */
        public array $log = [];
        /** @var list<string> */
        public array $mails = [];
        /** @var list<int> Services that a machine was made for. */
        public array $created = [];
        /** @var list<int> */
        public array $registered = [];
        public bool $isModuleDown = false;
        private PDO $pdo;

        public function __construct()
        {
            $this->pdo = new PDO('sqlite::memory:');
            WHMCS\Database\Capsule::$pdo = $this->pdo;
            self::$shop = $this;
            $this->pdo->exec(<<<'SQL'
                CREATE TABLE tbladdonmodules (module TEXT, setting TEXT, value TEXT);
                CREATE TABLE tblclients (id INTEGER PRIMARY KEY, details TEXT);
                CREATE TABLE tblorders (id INTEGER PRIMARY KEY, userid INTEGER, ipaddress TEXT, paymentmethod TEXT);
                CREATE TABLE tblhosting (id INTEGER PRIMARY KEY, orderid INTEGER, userid INTEGER, packageid INTEGER,
                    domain TEXT, domainstatus TEXT, paymentmethod TEXT, password TEXT);
                CREATE TABLE tblhostingaddons (id INTEGER PRIMARY KEY, orderid INTEGER, userid INTEGER, status TEXT, paymentmethod TEXT);
                CREATE TABLE tbldomains (id INTEGER PRIMARY KEY, orderid INTEGER, userid INTEGER, domain TEXT, type TEXT, status TEXT,
                    paymentmethod TEXT);
                CREATE TABLE tblproducts (id INTEGER PRIMARY KEY, name TEXT, type TEXT, welcomeemail INTEGER);
                CREATE TABLE tblemailtemplates (id INTEGER PRIMARY KEY, name TEXT);
                CREATE TABLE tblcustomfields (id INTEGER PRIMARY KEY, type TEXT, fieldname TEXT);
                INSERT INTO tblproducts VALUES (1, 'VPS M &amp; more', 'server', 3), (2, 'Reseller hosting', 'reselleraccount', 0);
                INSERT INTO tblemailtemplates VALUES (3, 'Server welcome');
                INSERT INTO tblcustomfields VALUES (5, 'client', 'KvK number'), (6, 'client', 'Wi-Fi password')
                SQL);
        }

        public function set(string $setting, string $value): void
        {
            $this->run("DELETE FROM tbladdonmodules WHERE module = 'havenmeester' AND setting = ?", [$setting]);
            $this->run("INSERT INTO tbladdonmodules VALUES ('havenmeester', ?, ?)", [$setting, $value]);
        }

        public function setting(string $setting): string
        {
            return (string) $this->run("SELECT value FROM tbladdonmodules WHERE setting = ?", [$setting])[0]['value'];
        }

        /** The database stops, or comes back. */
        public function databaseAnswers(bool $does): void
        {
            WHMCS\Database\Capsule::$pdo = $does ? $this->pdo : null;
        }

        /** @param array<string, mixed> $customer Fields of GetClientsDetails. */
        public function customer(array $customer): int
        {
            $this->run('INSERT INTO tblclients (details) VALUES (?)', [json_encode($customer)]);

            return (int) $this->pdo->lastInsertId();
        }

        /** @param list<int> $products Gives the number of the order. */
        public function checkout(int $client, array $products, ?string $domain = null): int
        {
            $this->run("INSERT INTO tblorders (userid, ipaddress, paymentmethod) VALUES (?, '192.0.2.7', 'banktransfer')", [$client]);
            $order = (int) $this->pdo->lastInsertId();
            foreach ($products as $product) {
                $this->service($client, $product, $order);
            }
            if ($domain !== null) {
                $this->run("INSERT INTO tbldomains (orderid, userid, domain, type, status, paymentmethod)"
                    . " VALUES (?, ?, ?, 'Register', 'Pending', 'banktransfer')", [$order, $client, $domain]);
            }
            $this->fire('AfterShoppingCartCheckout', ['OrderID' => $order, 'OrderNumber' => 99, 'PaymentMethod' => 'banktransfer']);

            return $order;
        }

        public function service(int $client, int $product, int $order): int
        {
            $this->run("INSERT INTO tblhosting (orderid, userid, packageid, domain, domainstatus, paymentmethod, password)"
                . " VALUES (?, ?, ?, 'shop.orchard.example', 'Pending', 'banktransfer', 'canary-password')", [$order, $client, $product]);

            return (int) $this->pdo->lastInsertId();
        }

        /** The invoice was paid: what is set up automatically is created. */
        public function pay(int $order): void
        {
            foreach ($this->run('SELECT id FROM tblhosting WHERE orderid = ?', [$order]) as $row) {
                $this->create((int) $row['id']);
            }
            foreach ($this->run('SELECT id FROM tbldomains WHERE orderid = ?', [$order]) as $row) {
                $this->register((int) $row['id']);
            }
        }

        /** What the module says, as staff reads it. */
        public function create(int $service): string
        {
            foreach ($this->fire('PreModuleCreate', ['params' => ['serviceid' => $service, 'password' => 'canary-password']]) as $said) {
                if (($said['abortcmd'] ?? false) === true) {
                    return 'Function Aborted by Action Hook Code';
                }
            }
            if ($this->isModuleDown) {
                return 'the panel does not answer';
            }
            $this->created[] = $service;
            $this->run("UPDATE tblhosting SET domainstatus = 'Active' WHERE id = ?", [$service]);

            return 'success';
        }

        public function register(int $domain): string
        {
            foreach ($this->fire('PreRegistrarRegisterDomain', ['params' => ['domainid' => $domain]]) as $said) {
                if (isset($said['abortWithError'])) {
                    return $said['abortWithError'];
                }
            }
            $this->registered[] = $domain;
            $this->run("UPDATE tbldomains SET status = 'Active' WHERE id = ?", [$domain]);

            return 'success';
        }

        public function terminate(int $service): void
        {
            $this->fire('AfterModuleTerminate', ['params' => ['serviceid' => $service]]);
            $this->run("UPDATE tblhosting SET domainstatus = 'Terminated' WHERE id = ?", [$service]);
        }

        public function edit(int $client, array $customer): void
        {
            $this->run('UPDATE tblclients SET details = ? WHERE id = ?', [json_encode($customer), $client]);
            $this->fire('ClientEdit', ['userid' => $client, 'olddata' => []]);
        }

        public function cron(): void
        {
            $this->fire('AfterCronJob', []);
        }

        /** @return list<mixed> What the hooks said. */
        public function fire(string $hook, array $vars): array
        {
            return array_map(static fn (callable $one): mixed => $one($vars), self::$hooks[$hook] ?? []);
        }

        public function api(string $command, array $values): array
        {
            $success = ['result' => 'success'];
            return match ($command) {
                'GetClientsDetails' => $success + ['client' => $this->details($values['clientid'])],
                'GetContacts' => $success + ['contacts' => ['contact' => [[
                    'firstname' => 'Noor', 'lastname' => 'Pier', 'companyname' => '', 'email' => 'noor@orchard.example', 'phonenumber' => '',
                ]]]],
                'GetClientsProducts' => $success + ['products' => ['product' => [[
                    'id' => $values['serviceid'], 'password' => 'canary-password',
                    'customfields' => ['customfield' => [['id' => 1, 'name' => 'Root password', 'value' => 'canary-root']]],
                    'configoptions' => ['configoption' => [['id' => 1, 'option' => 'Extra IPv4', 'value' => '4']]],
                ]]]],
                'ModuleCreate' => ['result' => $this->create($values['serviceid']) === 'success' ? 'success' : 'error'],
                'DomainRegister' => ['result' => $this->register($values['domainid']) === 'success' ? 'success' : 'error'],
                'SendEmail' => $this->mail($values) + $success,
                'EncryptPassword' => $success + ['password' => 'sealed:' . strrev($values['password2'])],
                'DecryptPassword' => $success + ['password' => strrev(substr($values['password2'], 7))],
            };
        }

        private function details(int $client): array
        {
            $row = $this->run('SELECT details FROM tblclients WHERE id = ?', [$client])[0];

            return json_decode($row['details'], true) + [
                'id' => $client, 'notes' => 'canary-notes', 'securityqans' => 'canary-answer', 'cclastfour' => '4242',
                'users' => ['user' => [['id' => 1, 'name' => 'Sam Kade', 'email' => 'sam@orchard.example', 'is_owner' => true]]],
                'customfields' => [['id' => 5, 'value' => '12345678'], ['id' => 6, 'value' => 'canary-wifi']],
            ];
        }

        private function mail(array $values): array
        {
            $this->mails[] = $values['messagename'] . ' for service ' . $values['id'];

            return [];
        }

        /** @return list<array<string, mixed>> */
        private function run(string $sql, array $values): array
        {
            $statement = $this->pdo->prepare($sql);
            $statement->execute($values);

            return $statement->fetchAll(PDO::FETCH_ASSOC);
        }
    }

    function add_hook(string $hook, int $priority, callable $work): void
    {
        FakeWhmcs::$hooks[$hook][] = $work;
    }

    function localAPI(string $command, array $values = [], string $admin = ''): array
    {
        return FakeWhmcs::$shop->api($command, $values);
    }

    function logActivity(string $text, int $client = 0): void
    {
        FakeWhmcs::$shop->log[] = $text;
    }
}
