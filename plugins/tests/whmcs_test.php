<?php

declare(strict_types=1);

// The add-on for WHMCS, from the cart to the machine and back.

require __DIR__ . '/kit.php';
require __DIR__ . '/fakes/whmcs.php';
require __DIR__ . '/../whmcs/havenmeester/havenmeester.php';
require __DIR__ . '/../whmcs/havenmeester/hooks.php';

const TOKEN = 'hvm_invented-token';
const CUSTOMER = [
    'companyname' => 'Orchard &amp; Nine B.V.', 'firstname' => 'Sam', 'lastname' => 'Kade', 'email' => 'noc@orchard.example',
    'phonenumberformatted' => '+31.205550150', 'countrycode' => 'NL', 'address1' => 'Kade 1', 'address2' => '', 'city' => 'Rotterdam',
    'postcode' => '3011 AA', 'tax_id' => 'NL000000000B01',
];

$played = new FakeGate();
$shop = new FakeWhmcs();
check(havenmeester_activate()['status'], 'success', 'activation');
/** Every request begins without the memory of the one before. */
$newRequest = static fn () => (new ReflectionProperty(Havenmeester\Whmcs\Shop::class, 'one'))->setValue(null, null);
$page = static function (): string {
    ob_start();
    havenmeester_output([]);

    return (string) ob_get_clean();
};

// Without settings nothing is provisioned, and the visitor notices nothing.
$client = $shop->customer(CUSTOMER);
$early = $shop->checkout($client, [1]);
$shop->pay($early);
check($shop->created, [], 'without settings everything waits');
check(str_contains($page(), 'Every new order waits.'), true, 'and staff is told');

$shop->set('address', $played->address);
$shop->set('token', TOKEN);
$shop->set('welcome_mail', 'on');
$shop->set('fields', "register_number = KvK number\naddresses_ordered = Extra IPv4");
$shop->cron();
check($shop->created, [1], 'then the cron tells of it and creates it');
check(str_contains($shop->setting('token'), TOKEN), false, 'the token is kept encrypted');
check(array_unique(array_column($played->heard(), 'authorization')), ['Bearer ' . TOKEN], 'and used as it was typed');

// The usual way: told, held, asked again, released.
$played->plays('hold');
$order = $shop->checkout($client, [1, 2], 'orchard.example');
$told = $played->heard();
check(count($told), 1, 'one order is told of once');
check($told[0]['body'], [
    'order' => (string) $order,
    'applicant' => [
        'company' => 'Orchard & Nine B.V.', 'person' => 'Sam Kade', 'country' => 'NL', 'ip' => '192.0.2.7',
        'register_number' => '12345678', 'vat_number' => 'NL000000000B01', 'payment_method' => 'banktransfer',
        'contacts' => ['Sam Kade', 'Noor Pier'],
        'emails' => ['noc@orchard.example', 'sam@orchard.example', 'noor@orchard.example'], 'phones' => ['+31.205550150'],
        'domains' => ['orchard.example', 'shop.orchard.example'], 'products' => ['VPS M & more', 'Reseller hosting'],
        'resells' => true, 'addresses_ordered' => 8,
        'address' => ['street' => 'Kade 1', 'postcode' => '3011 AA', 'city' => 'Rotterdam', 'country' => 'NL'],
    ],
    'customer' => (string) $client,
], 'what is sent');
check(str_contains(json_encode($told), 'canary'), false, 'and nothing else');
$shop->pay($order);
check([$shop->created, $shop->registered], [[1], []], 'a held order is not provisioned');
check($played->asked(), ['GET /api/v1/checks/{id}', 'GET /api/v1/checks/{id}', 'GET /api/v1/checks/{id}'], 'it is only asked');
$shop->cron();
check($played->asked(), ['GET /api/v1/checks/{id}'], 'the cron asks once for an order');
$shop->cron();
check(substr_count(implode("\n", $shop->log), 'service 2 of order 2 waits for the check of Havenmeester'), 1, 'staff is told once');
check(substr_count($page(), 'order 2'), 3, 'and sees what waits');
$played->plays('go_on');
$shop->cron();
check([$shop->created, $shop->registered], [[1, 2, 3], [1]], 'a released order is provisioned');
check(in_array('Server welcome for service 2', $shop->mails, true), true, 'with the mail that comes with it');
check(str_contains($page(), 'Nothing waits.'), true, 'and nothing waits');
$shop->cron();
check(count($shop->created), 3, 'once');

// A lost event is told of at the gate.
$played->plays('500');
$lost = $shop->checkout($client, [1]);
$played->plays('go_on');
$played->heard();
$shop->pay($lost);
check($played->asked(), ['POST /api/v1/checks', 'GET /api/v1/checks/{id}'], 'told of late');
check(count($shop->created), 4, 'and created');

// Whatever the gate does, the visitor's page comes and no machine.
foreach (['hang', '401', 'garbled', 'cut', 'redirect', 'shut', 'gate:hang', 'gate:garbled', 'gate:redirect', 'gate:500'] as $part) {
    $played->plays($part);
    $newRequest();
    $took = seconds(static function () use ($shop, $client, &$order): void {
        $order = $shop->checkout($client, [1, 1]);
    });
    check($took < 10, true, "$part: the checkout takes $took s");
    $newRequest();
    $took = seconds(static fn () => $shop->pay($order));
    check($took < 15, true, "$part: two products wait once, $took s");
    check(count($shop->created), 4, "$part holds");
    check($played->heard() !== [], true, "$part was asked");
}
$newRequest();
$played->plays('go_on');
$shop->set('address', $played->secureAddress);
$shop->pay($shop->checkout($client, [1]));
$shop->set('address', 'http://127.0.0.1:9');
$shop->pay($shop->checkout($client, [1]));
check(count($shop->created), 4, 'a wrong certificate and a refused connection hold');
$shop->set('address', $played->address);

// Also where the shop's own database fails.
$shop->databaseAnswers(false);
$shop->fire('AfterShoppingCartCheckout', ['OrderID' => 1]);
check($shop->fire('PreModuleCreate', ['params' => ['serviceid' => 1]]), [['abortcmd' => true]], 'the gate holds');
check($shop->fire('PreRegistrarTransferDomain', ['params' => ['domainid' => 1]]),
    [['abortWithError' => 'waits for the check of Havenmeester']], 'for domains, too');
foreach (['AfterCronJob', 'ClientEdit', 'AfterModuleTerminate'] as $hook) {
    $shop->fire($hook, ['userid' => 1, 'params' => ['serviceid' => 1]]);
}
$shop->databaseAnswers(true);
foreach ([[], ['params' => []], ['params' => ['serviceid' => 999]], ['params' => ['serviceid' => 1, 'addonId' => 7]]] as $vars) {
    check($shop->fire('PreModuleCreate', $vars), [['abortcmd' => true]], 'what is not there is held');
}

$shop->cron();
check(count($shop->created), 26, 'all that waited comes through in the end');

// A changed customer whose order waits, staff's own service, and the end.
$played->plays('hold');
$order = $shop->checkout($client, [1]);
$shop->pay($order);
$played->heard();
$shop->edit($client, ['companyname' => 'Orchard Ten B.V.'] + CUSTOMER);
$changed = $played->heard();
check([count($changed), $changed[0]['body']['applicant']['company']], [1, 'Orchard Ten B.V.'], 'the change is told');
$shop->edit($shop->customer(CUSTOMER), CUSTOMER);
check($played->heard(), [], 'and nobody else\'s');
$alone = $shop->service($client, 1, 0);
check($shop->create($alone), 'Function Aborted by Action Hook Code', 'a service without an order is held');
check($played->heard()[0]['body']['order'], "service-$alone", 'and is an order by itself');

$played->plays('500');
$shop->terminate(2);
check($played->heard(), [], 'an order with another service goes on');
$shop->terminate(3);
check($played->asked(), ['POST /api/v1/checks/{id}/ended'], 'with the last one it ends');
$played->plays('hold');
$shop->cron();
check(in_array('POST /api/v1/checks/{id}/ended', $played->asked(), true), true, 'an end that was not heard is told again');
$shop->cron();
check(in_array('POST /api/v1/checks/{id}/ended', $played->asked(), true), false, 'and then no more');

check(str_contains(implode("\n", $shop->log) . $page(), TOKEN), false, 'the token is in no log and on no page');
check(preg_match('/list|hit|refus|police/i', implode("\n", $shop->log)), 0, 'and nothing of a list');
check(havenmeester_deactivate()['status'], 'success', 'removal');
