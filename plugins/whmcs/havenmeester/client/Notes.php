<?php

declare(strict_types=1);

namespace Havenmeester;

/**
 * What the shop remembers of its orders: ids and moments, nothing of a customer.
 */
interface Notes
{
    /** The id that Havenmeester gave the order. */
    public function application(string $order): ?string;

    /** When the order was told of last, in seconds since 1970; 0 if it never was. */
    public function toldAt(string $order): int;

    /** Notes the id of an order that was told of. */
    public function told(string $order, string $application, int $now): void;

    /** Notes that something of an order waits. True if it did not wait before. */
    public function hold(string $kind, int $item, string $order, int $now): bool;

    /** Notes that something waits no longer. True if it did before. */
    public function release(string $kind, int $item): bool;

    /** @return list<array{kind: string, item: int, order: string, since: int}> What waits, the oldest first. */
    public function held(): array;

    /** Notes that the contract of an order ended and Havenmeester is to be told. */
    public function end(string $order): void;

    /** @return array<string, string> Ids of the contracts that ended, by order. */
    public function ending(): array;

    /** Forgets an order. */
    public function forget(string $order): void;
}
