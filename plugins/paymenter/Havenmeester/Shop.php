<?php

declare(strict_types=1);

namespace Paymenter\Extensions\Others\Havenmeester;

require_once __DIR__ . '/client/client.php';

use App\Jobs\Server\CreateJob;
use App\Models\Order;
use App\Models\Service;
use Havenmeester\Gate;
use Havenmeester\Orders;
use Havenmeester\PdoNotes;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;

/**
 * Paymenter as Havenmeester sees it: orders with services, each held by itself.
 *
 * What Paymenter calls does not throw.
 */
final class Shop
{
    private const TABLES = 'ext_havenmeester';
    private const KIND = 'service';
    private const OVER = 'cancelled';

    private Gate $gate;
    private Orders $orders;

    /** @param array<string, string> $settings */
    public function __construct(private array $settings)
    {
        $this->gate = new Gate($settings['address'] ?? '', $settings['token'] ?? '', $settings['ca_file'] ?? '');
        $this->orders = new Orders($this->gate, self::notes());
    }

    public static function notes(): PdoNotes
    {
        return new PdoNotes(static fn (): \PDO => DB::connection()->getPdo(), self::TABLES);
    }

    public function cameIn(int $order): void
    {
        if ($order > 0) {
            $this->orders->came((string) $order, $this->whatOf((string) $order));
        }
    }

    public function mayCreate(Service $service): bool
    {
        $order = (string) (int) $service->order_id;
        if ($order === '0') {
            return false;
        }
        $first = static fn () => Log::info("Havenmeester: service {$service->id} of order $order " . Orders::WAITS);

        return $this->orders->mayProvision(self::KIND, (int) $service->id, $order, $this->whatOf($order), $first);
    }

    public function tryAgain(): void
    {
        $isOpen = static function (string $kind, int $id): bool {
            $service = Service::find($id);

            // Paymenter marks a service as active as soon as its job is on the queue.
            return $service !== null && in_array($service->status, ['pending', 'active'], true);
        };
        // By Paymenter's own job, which goes through the gate again. It waits no longer as soon as there is a job, or a slow
        // queue would get a second one.
        $provision = static function (string $kind, int $id): void {
            self::notes()->release($kind, $id);
            CreateJob::dispatch(Service::findOrFail($id));
        };
        $this->orders->tryAgain($isOpen, $provision, $this->whatOf(...));
    }

    /** A customer whose order waits is looked at with what they say now. */
    public function userChanged(int $user): void
    {
        try {
            foreach (array_unique(array_column(self::notes()->held(), 'order')) as $number) {
                $order = Order::find((int) $number);
                if ($order !== null && (int) $order->user_id === $user) {
                    $this->orders->changed((string) $number, $this->whatOf((string) $number));
                }
            }
        } catch (\Throwable) {
            // They are looked at with what they said before.
        }
    }

    /** When the last service of an order was cancelled, so was the contract. */
    public function serviceChanged(Service $service): void
    {
        try {
            if ($service->status !== self::OVER) {
                return;
            }
            foreach (Order::findOrFail($service->order_id)->services as $one) {
                if ((int) $one->id !== (int) $service->id && $one->status !== self::OVER) {
                    return;
                }
            }
            $this->orders->ended((string) $service->order_id);
        } catch (\Throwable) {
            // The house ends it by hand.
        }
    }

    /** What the settings page says. */
    public function state(): string
    {
        $problem = $this->gate->check();
        $said = $problem === null ? 'Havenmeester answers.' : "Havenmeester does not answer: $problem. Every new order waits.";
        $waiting = array_column(self::notes()->held(), 'item');

        return $waiting === [] ? "$said Nothing waits." : "$said These services wait for its check: " . implode(', ', $waiting) . '.';
    }

    private function whatOf(string $order): callable
    {
        return fn (): array => Customer::ofOrder(Order::findOrFail((int) $order), $this->settings['fields'] ?? '');
    }
}
