<?php

declare(strict_types=1);

namespace Havenmeester;

/**
 * The way of an order through the gate, the same in every shop: told of, held, tried again, let in, ended.
 *
 * No method throws. What cannot be told now is told at the next step, and until it is clear everything waits.
 *
 * `$what` gives what is told of an order: the shop's number of the customer and what it knows, as
 * `array{0: ?string, 1: array<string, mixed>}`; it is asked only if something is sent.
 */
final class Orders
{
    /** What people read while something waits. It says nothing of why. */
    public const WAITS = 'waits for the check of Havenmeester';
    /** A held order is told of again after so long: an answer that ran out is only looked at anew when it is. */
    private const AGAIN_SECONDS = 86400;

    public function __construct(private Gate $gate, private Notes $notes)
    {
    }

    /** An order came in. Nothing of what happens here reaches the visitor. */
    public function came(string $order, callable $what): void
    {
        try {
            if ($this->notes->application($order) === null) {
                $this->tell($order, $what);
            }
        } catch (\Throwable) {
            // The gate tells of it.
        }
    }

    /** A customer changed while an order waits. */
    public function changed(string $order, callable $what): void
    {
        try {
            $this->tell($order, $what);
        } catch (\Throwable) {
            // They are told of again in a day.
        }
    }

    /**
     * Whether the shop may provision something of an order; notes that it waits if not.
     *
     * @param callable|null $first Called when it begins to wait.
     */
    public function mayProvision(string $kind, int $item, string $order, callable $what, ?callable $first = null): bool
    {
        try {
            if ($this->isClear($order, $what, true)) {
                $this->notes->release($kind, $item);

                return true;
            }
        } catch (\Throwable) {
            // Held.
        }
        try {
            if ($this->notes->hold($kind, $item, $order, time()) && $first !== null) {
                $first();
            }
        } catch (\Throwable) {
            // Held all the same; the shop's staff sees it as not created.
        }

        return false;
    }

    /**
     * Tries everything again that waits. Called by the shop's clock.
     *
     * @param callable(string, int): bool      $isOpen    Whether the shop still wants to provision it.
     * @param callable(string, int): void      $provision Has the shop try once more, by its usual way through the gate.
     * @param callable(string): callable       $whatOf    Gives `$what` for an order.
     */
    public function tryAgain(callable $isOpen, callable $provision, callable $whatOf): void
    {
        $answers = [];
        foreach ($this->heldNow() as ['kind' => $kind, 'item' => $item, 'order' => $order]) {
            try {
                if (!$isOpen($kind, $item)) {
                    $this->notes->release($kind, $item);
                    continue;
                }
                $answers[$order] ??= $this->isClear($order, $whatOf($order), false);
                if ($answers[$order]) {
                    $provision($kind, $item);
                }
            } catch (\Throwable) {
                // The others are tried all the same, and this one again later.
            }
        }
        $this->sendEndings();
    }

    /** The contract of an order ended: what was checked is forgotten a year later. */
    public function ended(string $order): void
    {
        try {
            $this->notes->end($order);
        } catch (\Throwable) {
            return;
        }
        $this->sendEndings();
    }

    private function sendEndings(): void
    {
        try {
            foreach ($this->notes->ending() as $order => $application) {
                if ($this->gate->ended($application)) {
                    $this->notes->forget((string) $order);
                }
            }
        } catch (\Throwable) {
            // Sent again by the shop's clock.
        }
    }

    /** @return list<array{kind: string, item: int, order: string, since: int}> */
    private function heldNow(): array
    {
        try {
            return $this->notes->held();
        } catch (\Throwable) {
            return [];
        }
    }

    private function isClear(string $order, callable $what, bool $mayTellAgain): bool
    {
        $application = $this->notes->application($order);
        $isNew = $application === null;
        $application ??= $this->tell($order, $what);
        if ($this->gate->mayGoOn($application)) {
            return true;
        }
        $isOld = $this->notes->toldAt($order) + self::AGAIN_SECONDS <= time();
        if ($isNew || !$mayTellAgain || !$isOld || $this->gate->problem() !== null) {
            return false;
        }

        return $this->gate->mayGoOn($this->tell($order, $what));
    }

    private function tell(string $order, callable $what): ?string
    {
        [$customer, $known] = $what();
        $application = $this->gate->tell($order, $customer, Facts::of($known));
        if ($application !== null) {
            $this->notes->told($order, $application, time());
        }

        return $application;
    }
}
