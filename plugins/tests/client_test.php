<?php

declare(strict_types=1);

// The client against a gate that answers, and one that must not be trusted.

require __DIR__ . '/kit.php';
require __DIR__ . '/../php/client/client.php';

use Havenmeester\Facts;
use Havenmeester\Fields;
use Havenmeester\Gate;

const TOKEN = 'hvm_invented-token';
/** Seconds within which a call ends for sure: three, and some for a busy machine. A gate that hangs does so for twenty. */
const LONGEST = 10;

$played = new FakeGate();
$gate = static fn (): Gate => new Gate($played->address, TOKEN);
$id = 'AP-' . str_repeat('0', 32);

// As it is.
check($gate()->tell('1', null, []), 'AP-' . md5('1'), 'an order gets its id');
check($gate()->mayGoOn($id), true, 'a clear order goes on');
check($gate()->check(), null, 'the connection is good');
check($gate()->ended($id), true, 'an end is told');
$played->plays('hold');
check($gate()->mayGoOn($id), false, 'a held order waits');
check($gate()->check(), null, 'a gate that holds is well');
$played->plays('slow');
check($gate()->mayGoOn($id), true, 'a gate may take a second');
$heard = $played->heard();
check($heard[0]['authorization'], 'Bearer ' . TOKEN, 'the token goes with the call');
check($heard[0]['body'], ['order' => '1', 'applicant' => []], 'what is not known is not sent');

// As it must not be trusted: no order is let through, no id is taken, and nobody waits longer than said.
$lies = [
    'hang' => 'no answer in time',
    'drip' => 'no answer in time',
    '500' => 'HTTP 500',
    '401' => 'HTTP 401',
    '403' => 'HTTP 403',
    '404' => 'HTTP 404',
    '422' => 'HTTP 422',
    '429' => 'HTTP 429',
    'garbled' => 'the answer is not one of Havenmeester',
    'empty' => 'the answer is not one of Havenmeester',
    'word' => 'the answer is not one of Havenmeester',
    'list' => 'the answer is not one of Havenmeester',
    'yes' => 'the answer is not one of Havenmeester',
    'nested' => 'the answer is not one of Havenmeester',
    'accepted' => 'HTTP 201',
    'cut' => 'the answer broke off',
    'cut_in_json' => 'the answer is not one of Havenmeester',
    'shut' => 'the answer broke off',
    'huge' => 'no answer (curl 23)',
    'redirect' => 'HTTP 302',
    'redirect_post' => 'HTTP 307',
];
foreach ($lies as $part => $problem) {
    $played->plays((string) $part);
    $played->heard();
    $asked = $gate();
    $took = seconds(static fn () => check($asked->mayGoOn($id), false, "$part holds"));
    check($asked->problem(), $problem, "$part is named");
    check($took < LONGEST, true, "$part keeps nobody waiting ($took s)");
    $told = $gate();
    check($told->tell('1', null, []), null, "$part gives no id");
    check(str_contains(print_r([$asked, $told], true) . $told->problem(), TOKEN), false, 'the token is in no dump');
    foreach ($played->asked() as $call) {
        check(str_contains($call, '/other'), false, 'a redirect is not followed');
    }
}
$played->plays('page');
check($gate()->mayGoOn($id), false, 'a page of a proxy holds, whatever is in it');
$played->plays('500');
check($gate()->ended($id), false, 'an end that was not heard is told again');
$played->plays('404');
check($gate()->ended($id), true, 'an end that nobody knows is over');

// Who waited once does not wait again at once.
$played->plays('hang');
$again = $gate();
$again->mayGoOn($id);
check($again->tell("1", null, []), null, "not tried");
check($again->problem() === 'no answer a moment ago', true, 'the second call does not wait');

// Wrong ways to it.
$played->plays('go_on');
check((new Gate('http://127.0.0.1:9', TOKEN))->mayGoOn($id), false, 'a refused connection holds');
$secure = new Gate($played->secureAddress, TOKEN);
check([$secure->mayGoOn($id), $secure->problem()], [false, 'the certificate is not trusted'], 'a self-signed certificate holds');
$known = new Gate($played->secureAddress, TOKEN, $played->certificate());
check($known->mayGoOn($id), true, 'a certificate of the house\'s own authority is trusted');
$other = new Gate(str_replace('127.0.0.1', 'localhost', $played->secureAddress), TOKEN, $played->certificate());
check($other->mayGoOn($id), false, 'a certificate of another name holds');
$mute = new Gate(str_replace('http://', 'https://', $played->address), TOKEN);
check($mute->mayGoOn($id), false, 'who speaks no TLS holds');
$played->heard();
$unusable = [
    ['', TOKEN], ['http://havenmeester.example.net', TOKEN], ['ftp://127.0.0.1', TOKEN], ['https://a:b@gate.example.net', TOKEN],
    ['file:///etc/passwd', TOKEN], ['https://gate.example.net?x=1', TOKEN], [$played->address, ''], [$played->address, "a\r\nX: y"],
];
foreach ($unusable as [$address, $token]) {
    $wrong = new Gate($address, $token);
    check([$wrong->mayGoOn($id), $wrong->tell('1', null, [])], [false, null], "'$address' is not asked");
}
check((new Gate($played->address, TOKEN, '/no/such.pem'))->check(), 'the file with certificates cannot be read', 'certificates');
foreach ([null, '', '../x', 'a/b', "AP-1\n", str_repeat('a', 101)] as $wrong) {
    check($gate()->mayGoOn($wrong), false, 'what is no id is not asked');
}
check($played->heard(), [], 'and nobody heard of it');

// What is sent is what the interface takes.
$everything = [
    'company' => " Orchard\n Nine  B.V. ", 'person' => "Jos\xe9 van Dam", 'emails' => ['a@orchard.example', '', 'a@orchard.example', null],
    'phones' => '+31 20 555 0150', 'country' => 'nl', 'ip' => '192.0.2.7', 'ip_country' => 'Nederland', 'registered_on' => '2026-02-31',
    'addresses_ordered' => '8', 'resells' => true, 'wants_bgp' => 'yes', 'products' => array_map(strval(...), range(1, 60)),
    'address' => ['street' => 'Kade 1', 'city' => 'Rotterdam', 'country' => 'NL', 'state' => 'ZH'],
    'password' => 'secret', 'birthday' => '1970-01-01', 'notes' => 'canary', 'card' => '4111', 'vat_number' => str_repeat('é', 400),
];
$facts = Facts::of($everything);
check($facts['company'], 'Orchard Nine B.V.', 'blanks');
check($facts['person'], 'José van Dam', 'an old encoding');
check([$facts['emails'], $facts['phones']], [['a@orchard.example'], ['+31 20 555 0150']], 'values once, and none that is empty');
check([$facts['country'], isset($facts['ip_country'])], ['NL', false], 'a country is two letters');
check([isset($facts['registered_on']), $facts['addresses_ordered']], [false, 8], 'days and numbers');
check([$facts['resells'], isset($facts['wants_bgp'])], [true, false], 'yes is yes alone');
check([count($facts['products']), preg_match_all('/./u', $facts['vat_number'])], [50, 300], 'what is too much');
check($facts['address'], ['street' => 'Kade 1', 'city' => 'Rotterdam', 'country' => 'NL'], 'an address has four fields');
check(array_intersect(['password', 'birthday', 'notes', 'card'], array_keys($facts)), [], 'nothing else leaves');
check(Facts::of([]), [], 'nothing is nothing');
check(Facts::of(['registered_on' => '2026-02-28'])['registered_on'], '2026-02-28', 'a day');

// A house's own fields.
$fields = Fields::read("register_number = KvK Number\nresells=Do you resell?\n addresses_ordered = Extra IPv4\r\nasn = AS\nnonsense\npassword = Wi-Fi\n");
$added = $fields->added(['addresses_ordered' => 1], [
    ['kvk number', '12345678'], ['Do you resell?', 'Ja'], ['Extra IPv4', '4 addresses'], ['AS', ''], ['Wi-Fi', 'secret'], ['Other', 'x'],
]);
check($added, ['addresses_ordered' => 5, 'register_number' => '12345678', 'resells' => true, 'asn' => null], 'own fields');
check($fields->added([], [['Do you resell?', 'No']]), ['resells' => false], 'no is no');
