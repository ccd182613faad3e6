<?php

declare(strict_types=1);

namespace Box\Mod\Havenmeester;

require_once __DIR__ . '/client/client.php';
require_once __DIR__ . '/Held.php';
require_once __DIR__ . '/Customer.php';

use FOSSBilling\InjectionAwareInterface;
use Havenmeester\Gate;
use Havenmeester\Orders;
use Havenmeester\PdoNotes;

/**
 * FOSSBilling as Havenmeester sees it: the orders of one cart are one order, and each is held by itself.
 *
 * The listeners do not throw, but for the gate, which stops an activation that way.
 */
class Service implements InjectionAwareInterface
{
    private const TABLES = 'mod_havenmeester';
    private const KIND = 'order';
    private const OPEN = ['pending_setup', 'failed_setup'];
    private const OVER = ['canceled'];

    /** One for a whole request, so that nobody waits twice. */
    private static ?Gate $gate = null;
    private static string $gateIsOf = '';

    protected ?\Pimple\Container $di = null;

    public function setDi(\Pimple\Container $di): void
    {
        $this->di = $di;
    }

    public function getDi(): ?\Pimple\Container
    {
        return $this->di;
    }

    public function install(): bool
    {
        $this->notes()->install();

        return true;
    }

    public function uninstall(): bool
    {
        $this->notes()->uninstall();

        return true;
    }

    /** The order came in: it is told of. The visitor's page does not depend on it. */
    public static function onAfterClientOrderCreate(\Box_Event $event): void
    {
        self::quietly($event, static function (self $service, array $params): void {
            $order = $service->cartOf((int) ($params['id'] ?? 0));
            $service->orders()->came($order, $service->whatOf($order, (string) ($params['ip'] ?? '')));
        });
    }

    /**
     * The gate. Whatever goes wrong here, the activation is stopped.
     *
     * @throws Held
     */
    public static function onBeforeAdminOrderActivate(\Box_Event $event): void
    {
        try {
            $service = self::of($event);
            $isClear = $service->mayActivate((int) ($event->getParameters()['id'] ?? 0));
        } catch (\Throwable) {
            $isClear = false;
        }
        if (!$isClear) {
            throw new Held();
        }
    }

    /** What waits is tried again at every run of the cron. */
    public static function onAfterAdminCronRun(\Box_Event $event): void
    {
        self::quietly($event, static fn (self $service) => $service->tryAgain());
    }

    public static function onAfterClientProfileUpdate(\Box_Event $event): void
    {
        self::quietly($event, static fn (self $service, array $params) => $service->clientChanged($params));
    }

    public static function onAfterAdminClientUpdate(\Box_Event $event): void
    {
        self::quietly($event, static fn (self $service, array $params) => $service->clientChanged($params));
    }

    public static function onAfterAdminOrderCancel(\Box_Event $event): void
    {
        self::quietly($event, static fn (self $service, array $params) => $service->canceled((int) ($params['id'] ?? 0)));
    }

    /** @return array{problem: ?string, held: list<array{kind: string, item: int, order: string, since: int}>} */
    public function state(): array
    {
        return ['problem' => $this->gate()->check(), 'held' => $this->notes()->held()];
    }

    private function mayActivate(int $order): bool
    {
        $cart = $this->cartOf($order);

        return $this->orders()->mayProvision(self::KIND, $order, $cart, $this->whatOf($cart));
    }

    private function tryAgain(): void
    {
        $isOpen = function (string $kind, int $order): bool {
            $row = $this->rows('SELECT status FROM client_order WHERE id = ?', [$order])[0] ?? null;

            return $row !== null && in_array($row['status'], self::OPEN, true);
        };
        // By FOSSBilling's own command, which goes through the gate again.
        $activate = fn (string $kind, int $order) => $this->di['api_system']->order_activate(['id' => $order]);
        $this->orders()->tryAgain($isOpen, $activate, fn (string $cart): callable => $this->whatOf($cart));
    }

    /** A customer whose order waits is looked at with what they say now. */
    private function clientChanged(array $params): void
    {
        $client = (int) ($params['id'] ?? 0);
        foreach (array_unique(array_column($this->notes()->held(), 'order')) as $cart) {
            $row = $this->rows('SELECT client_id FROM client_order WHERE id = ?', [(int) $cart])[0] ?? null;
            if ($row !== null && (int) $row['client_id'] === $client) {
                $this->orders()->changed((string) $cart, $this->whatOf((string) $cart));
            }
        }
    }

    /** When the last order of a cart was canceled, the contract ended. */
    private function canceled(int $order): void
    {
        $cart = $this->cartOf($order);
        $open = array_filter(
            $this->ordersOf($cart),
            static fn (array $row): bool => (int) $row['id'] !== $order && !in_array($row['status'], self::OVER, true),
        );
        if ($open === []) {
            $this->orders()->ended($cart);
        }
    }

    /** The first order of a cart, by whose number Havenmeester knows all of them. */
    private function cartOf(int $order): string
    {
        $row = $this->rows('SELECT group_id, client_id FROM client_order WHERE id = ?', [$order])[0]
            ?? throw new \RuntimeException("there is no order $order");
        if ((string) $row['group_id'] === '') {
            return (string) $order;
        }
        $sql = 'SELECT MIN(id) AS first FROM client_order WHERE group_id = ? AND client_id = ?';

        return (string) $this->rows($sql, [(string) $row['group_id'], (int) $row['client_id']])[0]['first'];
    }

    /** @return list<array<string, mixed>> */
    private function ordersOf(string $cart): array
    {
        $sql = 'SELECT * FROM client_order WHERE id = ? OR (group_id <> \'\' AND client_id = (SELECT client_id FROM'
            . ' client_order WHERE id = ?) AND group_id = (SELECT group_id FROM client_order WHERE id = ?)) ORDER BY id';

        return $this->rows($sql, [(int) $cart, (int) $cart, (int) $cart]);
    }

    private function whatOf(string $cart, string $ip = ''): callable
    {
        return function () use ($cart, $ip): array {
            $orders = $this->ordersOf($cart);
            $id = (int) ($orders[0]['client_id'] ?? throw new \RuntimeException("there is no order $cart"));
            $client = $this->rows('SELECT * FROM client WHERE id = ?', [$id])[0]
                ?? throw new \RuntimeException('the customer cannot be read');
            $fields = (string) ($this->config()['fields'] ?? '');

            return [(string) $id, Customer::known($client, $orders, $ip, $this->paymentOf((int) $cart), $fields)];
        };
    }

    /** The name of the way to pay, and nothing else of the payment. */
    private function paymentOf(int $order): string
    {
        $sql = "SELECT g.name FROM invoice_item i JOIN invoice v ON v.id = i.invoice_id JOIN pay_gateway g ON g.id ="
            . " v.gateway_id WHERE i.type = 'order' AND i.rel_id = ? ORDER BY i.id LIMIT 1";
        try {
            return (string) ($this->rows($sql, [(string) $order])[0]['name'] ?? '');
        } catch (\Throwable) {
            return '';
        }
    }

    private function orders(): Orders
    {
        return new Orders($this->gate(), $this->notes());
    }

    private function gate(): Gate
    {
        $config = $this->config();
        $of = json_encode([$config['address'] ?? '', $config['token'] ?? '', $config['ca_file'] ?? '']);
        if (self::$gate === null || self::$gateIsOf !== hash('sha256', (string) $of)) {
            self::$gateIsOf = hash('sha256', (string) $of);
            self::$gate = new Gate(
                (string) ($config['address'] ?? ''),
                (string) ($config['token'] ?? ''),
                (string) ($config['ca_file'] ?? ''),
            );
        }

        return self::$gate;
    }

    /** Settings of the module, which FOSSBilling keeps encrypted. */
    private function config(): array
    {
        return (array) $this->di['mod_config']('Havenmeester');
    }

    private function notes(): PdoNotes
    {
        return new PdoNotes(fn (): \PDO => $this->di['pdo'], self::TABLES);
    }

    /**
     * @param list<int|string> $values
     *
     * @return list<array<string, mixed>>
     */
    private function rows(string $sql, array $values): array
    {
        $statement = $this->di['pdo']->prepare($sql);
        $statement->execute($values);

        return $statement->fetchAll(\PDO::FETCH_ASSOC);
    }

    private static function of(\Box_Event $event): self
    {
        $service = new self();
        $service->setDi($event->getDi());

        return $service;
    }

    /** @param callable(self, array<string, mixed>): mixed $work */
    private static function quietly(\Box_Event $event, callable $work): void
    {
        try {
            $work(self::of($event), (array) $event->getParameters());
        } catch (\Throwable) {
            // The gate catches up; nobody else is to notice.
        }
    }
}
