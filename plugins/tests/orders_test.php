<?php

declare(strict_types=1);

// The way of an order: what is noted, what is told again and when, and what a faulty shop cannot break.

require __DIR__ . '/kit.php';
require __DIR__ . '/../php/client/client.php';

use Havenmeester\Gate;
use Havenmeester\Orders;
use Havenmeester\PdoNotes;

$played = new FakeGate();
$pdo = new PDO('sqlite::memory:');
$notes = new PdoNotes(static fn (): PDO => $pdo, 'shop');
$notes->install();
$notes->install();
$orders = static fn (): Orders => new Orders(new Gate($played->address, 'hvm_invented-token'), $notes);
$what = static fn (): array => ['4711', ['company' => 'Orchard Nine B.V.']];
$whatOf = static fn (string $order): callable => $what;
$daysPass = static fn (int $days) => $pdo->exec('UPDATE shop_orders SET told_at = told_at - ' . 86400 * $days);

// Told once, asked each time.
$orders()->came('7', $what);
$orders()->came('7', $what);
check($played->asked(), ['POST /api/v1/checks'], 'an order is told of once');
check($notes->application('7'), 'AP-' . md5('7'), 'and its id is kept');
$played->plays('hold');
$began = 0;
$first = static function () use (&$began): void {
    ++$began;
};
check($orders()->mayProvision('vps', 1, '7', $what, $first), false, 'held');
check($orders()->mayProvision('vps', 1, '7', $what, $first), false, 'held again');
check($began, 1, 'it begins to wait once');
check(array_column($notes->held(), 'order', 'item'), [1 => '7'], 'and is noted');
check($played->asked(), ['GET /api/v1/checks/{id}', 'GET /api/v1/checks/{id}'], 'it is only asked');

// An answer that ran out, or an id that is not known any more, is renewed when the shop wants to provision, once a day.
$daysPass(1);
$orders()->tryAgain(static fn (): bool => true, static fn () => null, $whatOf);
check($played->asked(), ['GET /api/v1/checks/{id}'], 'the clock of the shop opens nothing again');
check($orders()->mayProvision('vps', 1, '7', $what), false, 'still held');
check($played->asked(), ['GET /api/v1/checks/{id}', 'POST /api/v1/checks', 'GET /api/v1/checks/{id}'], 'but the shop does');
check($orders()->mayProvision('vps', 1, '7', $what), false, 'still held');
check($played->asked(), ['GET /api/v1/checks/{id}'], 'once a day');
$daysPass(1);
$played->plays('500');
check($orders()->mayProvision('vps', 1, '7', $what), false, 'held');
check($played->asked(), ['GET /api/v1/checks/{id}'], 'who does not answer is told nothing either');

// What the shop no longer wants is not tried again; what it does goes its usual way.
$played->plays('go_on');
$tried = [];
$orders()->mayProvision('vps', 2, '8', static fn () => throw new RuntimeException('the customer cannot be read'));
check(array_column($notes->held(), 'item'), [1, 2], 'an order that cannot be told of is held');
$provision = static function (string $kind, int $item) use (&$tried): void {
    $tried[] = $item;
    throw new RuntimeException('the panel does not answer');
};
$orders()->tryAgain(static fn (string $kind, int $item): bool => $item === 2, $provision, $whatOf);
check([$tried, array_column($notes->held(), 'item')], [[2], [2]], 'a fault of the shop takes nothing with it');
check($orders()->mayProvision('vps', 2, '8', $what), true, 'clear');
check($notes->held(), [], 'and nothing waits');

// The end, also where nobody ever told of the order.
$orders()->ended('9');
$orders()->ended('8');
check($notes->application('8'), null, 'an order that ended is forgotten');
check($notes->ending(), [], 'and nothing is left to tell');

// A shop whose memory fails, and one whose staff cannot be told.
$broken = new Orders(new Gate($played->address, 'hvm_invented-token'), new PdoNotes(static fn () => throw new RuntimeException(), 'shop'));
$broken->came('1', $what);
$broken->changed('1', $what);
$broken->ended('1');
$broken->tryAgain(static fn (): bool => true, static fn () => null, $whatOf);
check($broken->mayProvision('vps', 1, '1', $what), false, 'without memory everything is held');
$played->plays('hold');
$fails = static fn () => throw new RuntimeException('the log is full');
check($orders()->mayProvision('vps', 3, '10', $what, $fails), false, 'a full log is no reason to go on');
$notes->uninstall();
check($orders()->mayProvision('vps', 4, '11', $what), false, 'nor is a table that is not there');
