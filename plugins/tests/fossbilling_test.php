<?php

declare(strict_types=1);

// The module for FOSSBilling, from the cart to the service and back.

require __DIR__ . '/kit.php';
require __DIR__ . '/fakes/fossbilling.php';
require __DIR__ . '/../fossbilling/Havenmeester/Service.php';
require __DIR__ . '/../fossbilling/Havenmeester/Api/Admin.php';

use Box\Mod\Havenmeester\Held;
use Box\Mod\Havenmeester\Service;

const TOKEN = 'hvm_invented-token';
const CUSTOMER = [
    'email' => 'noc@orchard.example', 'first_name' => 'Sam', 'last_name' => 'Kade', 'company' => 'Orchard & Nine B.V.',
    'company_vat' => 'NL000000000B01', 'company_number' => '12345678', 'phone_cc' => '31', 'phone' => '205550150', 'address_1' => 'Kade 1',
    'city' => 'Rotterdam', 'postcode' => '3011 AA', 'country' => 'NL', 'ip' => '192.0.2.9', 'custom_1' => 'yes',
];
const VPS = ['VPS M', ['hostname' => 'one', 'root_password' => 'canary-root', 'domain' => ['action' => 'owndomain', 'owndomain_sld' => 'orchard', 'owndomain_tld' => '.example']]];
const HOSTING = ['Hosting', ['sld' => 'nine', 'tld' => '.example', 'extra_ips' => 4]];

/** What staff reads when an activation is stopped; null if it is not. */
function stopped(callable $work): ?string
{
    try {
        $work();
    } catch (Held $held) {
        return $held->getMessage();
    }

    return null;
}

$played = new FakeGate();
$shop = new FakeFossBilling();
$service = new Service();
$shop->connect($service);
check($service->install(), true, 'activation of the module');
/** Every request begins without the memory of the one before. */
$newRequest = static fn () => (new ReflectionProperty(Service::class, 'gate'))->setValue(null, null);
$state = static fn (): array => (new Box\Mod\Havenmeester\Api\Admin($service))->state();

// Without settings nothing is activated, and the visitor notices nothing.
$client = $shop->customer(CUSTOMER);
$shop->pay($shop->checkout($client, [VPS]));
check($shop->created, [], 'without settings everything waits');
check($state()['problem'], 'the address does not begin with https://', 'and staff is told');
$shop->set('address', $played->address);
$shop->set('token', TOKEN);
$shop->set('fields', "resells = custom_1\naddresses_ordered = extra_ips");
$shop->cron();
check($shop->created, [1], 'then the cron tells of it and activates it');
$played->heard();

// The usual way: told, held, asked again, released.
$played->plays('hold');
$orders = $shop->checkout($client, [VPS, HOSTING]);
$told = $played->heard();
check(count($told), 1, 'a cart is told of once');
check([$told[0]['authorization'], $told[0]['body']], ['Bearer ' . TOKEN, [
    'order' => '2',
    'applicant' => [
        'company' => 'Orchard & Nine B.V.', 'person' => 'Sam Kade', 'country' => 'NL', 'ip' => '192.0.2.7',
        'register_number' => '12345678', 'vat_number' => 'NL000000000B01', 'payment_method' => 'Bank transfer',
        'emails' => ['noc@orchard.example'], 'phones' => ['+31 205550150'], 'domains' => ['orchard.example', 'nine.example'],
        'products' => ['VPS M', 'Hosting'], 'resells' => true, 'addresses_ordered' => 4,
        'address' => ['street' => 'Kade 1', 'postcode' => '3011 AA', 'city' => 'Rotterdam', 'country' => 'NL'],
    ],
    'customer' => (string) $client,
]], 'what is sent');
check(preg_match('/canary|1970/', json_encode($told)), 0, 'and nothing else');
$shop->pay($orders);
check($shop->created, [1], 'a held order is not activated');
check(end($shop->history), 'Order could not be activated due to error: The order waits for the check of Havenmeester.', 'what staff reads');
check(stopped(static fn () => $shop->activate(2)), 'The order waits for the check of Havenmeester', 'also at the button');
$played->heard();
$shop->cron();
check($played->asked(), ['GET /api/v1/checks/{id}'], 'the cron asks once for a cart');
check(array_column($state()['held'], 'item'), [2, 3], 'the settings page shows what waits');
$played->plays('go_on');
$shop->cron();
$shop->cron();
check($shop->created, [1, 2, 3], 'a released order is activated, once');
check($state(), ['problem' => null, 'held' => []], 'and nothing waits');

// Free orders are activated inside of the checkout: they meet the gate before anybody told of them.
$played->heard();
$free = $shop->checkout($client, [HOSTING], true);
check($played->asked(), ['POST /api/v1/checks', 'GET /api/v1/checks/{id}'], 'told of at the gate, and not again');
check(count($shop->created), 4, 'and activated where the gate lets everything through');
$played->plays('hold');
$free = $shop->checkout($client, [HOSTING], true);
check(count($shop->created), 4, 'or held');

// A lost event is told of at the gate.
$played->plays('500');
$lost = $shop->checkout($client, [VPS]);
$played->plays('go_on');
$played->heard();
$shop->pay($lost);
check($played->asked(), ['POST /api/v1/checks', 'GET /api/v1/checks/{id}'], 'told of late');
check(count($shop->created), 5, 'and activated');

// Whatever the gate does, the visitor's page comes and no service.
foreach (['hang', '401', 'garbled', 'cut', 'redirect', 'shut', 'gate:hang', 'gate:garbled', 'gate:redirect', 'gate:500'] as $part) {
    $played->plays($part);
    $newRequest();
    $took = seconds(static function () use ($shop, $client, &$orders): void {
        $orders = $shop->checkout($client, [VPS, HOSTING], true);
    });
    check($took < 15, true, "$part: the checkout takes $took s");
    $newRequest();
    $shop->pay($orders);
    check(count($shop->created), 5, "$part holds");
    check($played->heard() !== [], true, "$part was asked");
}
$newRequest();
$played->plays('go_on');
$shop->set('address', $played->secureAddress);
$shop->pay($shop->checkout($client, [VPS]));
$shop->set('address', 'http://127.0.0.1:9');
$shop->pay($shop->checkout($client, [VPS]));
check(count($shop->created), 5, 'a wrong certificate and a refused connection hold');
$shop->set('address', $played->address);

// Also where the shop's own database fails.
$shop->databaseAnswers(false);
$shop->fire('onAfterClientOrderCreate', ['id' => 1]);
check(stopped(static fn () => $shop->fire('onBeforeAdminOrderActivate', ['id' => 1])) !== null, true, 'the gate holds');
foreach (['onAfterAdminCronRun', 'onAfterClientProfileUpdate', 'onAfterAdminClientUpdate', 'onAfterAdminOrderCancel'] as $event) {
    $shop->fire($event, ['id' => 1]);
}
$shop->databaseAnswers(true);
foreach ([null, [], ['id' => 999]] as $parameters) {
    check(stopped(static fn () => $shop->fire('onBeforeAdminOrderActivate', $parameters)) !== null, true, 'what is not there is held');
}
$shop->cron();
check(count($shop->created), 28, 'all that waited comes through in the end');

// A changed customer whose order waits, and the end.
$played->plays('hold');
$shop->pay($shop->checkout($client, [VPS]));
$played->heard();
$shop->rename($client, 'Orchard Ten B.V.');
$changed = $played->heard();
check([count($changed), $changed[0]['body']['applicant']['company']], [1, 'Orchard Ten B.V.'], 'the change is told');
$shop->rename($shop->customer(CUSTOMER), 'Somebody else');
check($played->heard(), [], 'and nobody else\'s');
$played->plays('500');
$shop->cancel(2);
check($played->heard(), [], 'a cart with another order goes on');
$shop->cancel(3);
check($played->asked(), ['POST /api/v1/checks/{id}/ended'], 'with the last one it ends');
$played->plays('hold');
$shop->cron();
check(in_array('POST /api/v1/checks/{id}/ended', $played->asked(), true), true, 'an end that was not heard is told again');
$shop->cron();
check(in_array('POST /api/v1/checks/{id}/ended', $played->asked(), true), false, 'and then no more');

check(str_contains(implode("\n", $shop->history) . json_encode($state()), TOKEN), false, 'the token is in no history and on no page');
check($service->uninstall(), true, 'removal');
