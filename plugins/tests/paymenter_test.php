<?php

declare(strict_types=1);

// The extension for Paymenter, from the cart to the server and back.

require __DIR__ . '/kit.php';
require __DIR__ . '/fakes/laravel.php';
foreach (['Shop', 'Customer', 'GatedCreate', 'Havenmeester'] as $file) {
    require __DIR__ . "/../paymenter/Havenmeester/$file.php";
}

use Illuminate\Support\Facades\Bus;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;
use Paymenter\Extensions\Others\Havenmeester\Havenmeester;
use Paymenter\Extensions\Others\Havenmeester\Shop;

const TOKEN = 'hvm_invented-token';
const VPS = ['VPS M', ['hostname' => 'one.orchard.example', 'root_password' => 'canary-root', 'ips' => '4']];
const GAME = ['Game server', []];

$played = new FakeGate();
$shop = new FakePaymenter(Havenmeester::class);
$extension = $shop->boots();
$extension->enabled();
$state = static fn (): string => (string) array_column($shop->boots()->getConfig(), 'label', 'name')['state'];

// Without settings no server is created, and the visitor notices nothing.
$client = $shop->customer('Sam', 'Kade', 'noc@orchard.example', [
    'company_name' => 'Orchard & Nine B.V.', 'phone' => '+31 20 555 0150', 'address' => 'Kade 1', 'city' => 'Rotterdam', 'zip' => '3011 AA',
    'state' => 'ZH', 'country' => 'NL', 'kvk' => '12345678', 'birthday' => '1970-01-01',
]);
$shop->pay($shop->checkout($client, [VPS]));
Bus::work();
check(FakePaymenter::$created, [], 'without settings everything waits');
check(str_contains($state(), 'Every new order waits. These services wait for its check: 1.'), true, 'and staff is told');
$shop->settings = ['address' => $played->address, 'token' => TOKEN, 'fields' => "register_number = kvk\naddresses_ordered = ips"];
$shop->boots();
$shop->scheduleRuns();
check(FakePaymenter::$created, [], 'the schedule puts a job on the queue');
check(count(Bus::$queue), 1, 'one');
$shop->scheduleRuns();
check(count(Bus::$queue), 1, 'and no second one while the queue is slow');
Bus::work();
check(FakePaymenter::$created, [1], 'which creates it');
$played->heard();

// The usual way: told, held, asked again, released.
$played->plays('hold');
$order = $shop->checkout($client, [VPS, GAME]);
$told = $played->heard();
check(count($told), 1, 'an order is told of once');
check([$told[0]['authorization'], $told[0]['body']], ['Bearer ' . TOKEN, [
    'order' => '2',
    'applicant' => [
        'company' => 'Orchard & Nine B.V.', 'person' => 'Sam Kade', 'country' => 'NL', 'register_number' => '12345678',
        'emails' => ['noc@orchard.example'], 'phones' => ['+31 20 555 0150'], 'domains' => ['one.orchard.example'],
        'products' => ['VPS M', 'Game server'], 'addresses_ordered' => 4,
        'address' => ['street' => 'Kade 1', 'postcode' => '3011 AA', 'city' => 'Rotterdam', 'country' => 'NL'],
    ],
    'customer' => (string) $client->id,
]], 'what is sent');
check(preg_match('/canary|1970/', json_encode($told)), 0, 'and nothing else');
$shop->pay($order);
Bus::work();
check(FakePaymenter::$created, [1], 'a held order is not created');
check(Bus::$queue, [], 'and its jobs are done, not failed');
check(Log::$lines[1], 'Havenmeester: service 2 of order 2 waits for the check of Havenmeester', 'what staff reads');
$played->heard();
$shop->boots();
$shop->scheduleRuns();
Bus::work();
check($played->asked(), ['GET /api/v1/checks/{id}'], 'the schedule asks once for an order');
$played->plays('go_on');
$shop->scheduleRuns();
Bus::work();
$shop->scheduleRuns();
Bus::work();
check(FakePaymenter::$created, [1, 2, 3], 'a released order is created, once');
check($state(), 'Havenmeester answers. Nothing waits.', 'and nothing waits');

// With a queue that runs at once, a free order meets the gate inside of the cart, before anybody told of it.
Bus::$isSync = true;
$played->heard();
$shop->checkout($client, [GAME], true);
check($played->asked(), ['POST /api/v1/checks', 'GET /api/v1/checks/{id}'], 'told of at the gate, and not again');
check(count(FakePaymenter::$created), 4, 'and created where the gate lets everything through');
$played->plays('hold');
$shop->checkout($client, [GAME], true);
check(count(FakePaymenter::$created), 4, 'or held');
$played->plays('500');
$lost = $shop->checkout($client, [VPS]);
$played->plays('go_on');
$played->heard();
$shop->pay($lost);
check($played->asked(), ['POST /api/v1/checks', 'GET /api/v1/checks/{id}'], 'a lost event is told of at the gate');
check(count(FakePaymenter::$created), 5, 'and created');

// Whatever the gate does, the visitor's page comes and no server.
foreach (['hang', '401', 'garbled', 'cut', 'redirect', 'shut', 'gate:hang', 'gate:garbled', 'gate:redirect', 'gate:500'] as $part) {
    $played->plays($part);
    $shop->boots();
    $took = seconds(static function () use ($shop, $client): void {
        $shop->checkout($client, [VPS, GAME], true);
    });
    check($took < 15, true, "$part: the checkout takes $took s");
    check(count(FakePaymenter::$created), 5, "$part holds");
    check($played->heard() !== [], true, "$part was asked");
}
$played->plays('go_on');
foreach ([$played->secureAddress, 'http://127.0.0.1:9'] as $address) {
    $shop->settings['address'] = $address;
    $shop->boots();
    $shop->checkout($client, [VPS], true);
}
check(count(FakePaymenter::$created), 5, 'a wrong certificate and a refused connection hold');
$shop->settings['address'] = $played->address;
$shop->boots();

// Also where the shop's own database fails, or a service has no order.
$pdo = DB::$pdo;
DB::$pdo = null;
$shop->boots();
$order = $shop->checkout($client, [VPS], true);
$shop->scheduleRuns();
$shop->cancel($order->services[0]);
$shop->fire(new App\Events\User\Updated($client));
DB::$pdo = $pdo;
App\Jobs\Server\CreateJob::dispatch(App\Models\Service::add(['order_id' => null, 'product' => (object) ['name' => 'x']]));
check(count(FakePaymenter::$created), 5, 'the gate holds');
$shop->boots();
$shop->scheduleRuns();
check(count(FakePaymenter::$created), 28, 'all that waited comes through in the end');

// A changed customer whose order waits, and the end.
$played->plays('hold');
$shop->checkout($client, [VPS], true);
$played->heard();
$client->properties = FakePaymenter::properties(['company_name' => 'Orchard Ten B.V.']);
$shop->fire(new App\Events\User\Updated($client));
$changed = $played->heard();
check([count($changed), $changed[0]['body']['applicant']['company']], [1, 'Orchard Ten B.V.'], 'the change is told');
$shop->fire(new App\Events\User\Updated($shop->customer('Noor', 'Pier', 'noor@orchard.example', [])));
check($played->heard(), [], 'and nobody else\'s');
$played->plays('500');
$shop->cancel(App\Models\Service::find(2));
check($played->heard(), [], 'an order with another service goes on');
$shop->cancel(App\Models\Service::find(3));
check($played->asked(), ['POST /api/v1/checks/{id}/ended'], 'with the last one it ends');
$played->plays('hold');
$shop->scheduleRuns();
check(in_array('POST /api/v1/checks/{id}/ended', $played->asked(), true), true, 'an end that was not heard is told again');
$shop->scheduleRuns();
check(in_array('POST /api/v1/checks/{id}/ended', $played->asked(), true), false, 'and then no more');

check(str_contains(implode("\n", Log::$lines) . $state(), TOKEN), false, 'the token is in no log and on no page');
$extension->uninstalled();
