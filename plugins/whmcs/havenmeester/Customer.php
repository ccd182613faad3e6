<?php

declare(strict_types=1);

namespace Havenmeester\Whmcs;

use Havenmeester\Fields;

/**
 * Who ordered, and what: as much of it as Havenmeester is told.
 */
final class Customer
{
    /** @param list<int> $services */
    private function __construct(
        public readonly int $client,
        private string $ip,
        private string $payment,
        private array $services,
        private ?int $order,
    ) {
    }

    /** @throws \RuntimeException If there is no such order. */
    public static function ofOrder(string $number): self
    {
        if (preg_match('/\A(service|addon|domain)-(\d+)\z/', $number, $alone) === 1) {
            return self::alone($alone[1], (int) $alone[2]);
        }
        $order = Shop::rows('SELECT userid, ipaddress, paymentmethod FROM tblorders WHERE id = ?', [(int) $number])[0]
            ?? throw new \RuntimeException("there is no order $number");
        $services = Shop::rows('SELECT id FROM tblhosting WHERE orderid = ? ORDER BY id', [(int) $number]);

        return new self(
            (int) $order['userid'],
            (string) $order['ipaddress'],
            (string) $order['paymentmethod'],
            array_map('intval', array_column($services, 'id')),
            (int) $number,
        );
    }

    /** What staff made without an order. */
    private static function alone(string $kind, int $item): self
    {
        $row = Shop::rows(match ($kind) {
            'service' => 'SELECT userid, paymentmethod FROM tblhosting WHERE id = ?',
            'addon' => 'SELECT userid, paymentmethod FROM tblhostingaddons WHERE id = ?',
            'domain' => 'SELECT userid, paymentmethod FROM tbldomains WHERE id = ?',
        }, [$item])[0] ?? throw new \RuntimeException("there is no $kind $item");

        return new self((int) $row['userid'], '', (string) $row['paymentmethod'], $kind === 'service' ? [$item] : [], null);
    }

    /** @return array{0: string, 1: array<string, mixed>} */
    public function told(string $fields): array
    {
        $details = localAPI('GetClientsDetails', ['clientid' => $this->client]);
        if (($details['result'] ?? '') !== 'success') {
            throw new \RuntimeException('the customer cannot be read');
        }
        $client = self::plain((array) ($details['client'] ?? $details));
        $known = $this->contacts(self::person($client));
        $own = self::ownFields((array) ($client['customfields'] ?? []));
        $known['domains'] = $this->domains();
        foreach ($this->services as $service) {
            $product = $this->product($service);
            $known['products'][] = $product['name'] ?? '';
            $known['domains'][] = $product['domain'] ?? '';
            $known['resells'] = ($known['resells'] ?? false) || ($product['type'] === 'reselleraccount');
            $own = [...$own, ...$product['own']];
        }
        $known['domains'] = array_filter($known['domains'], static fn (string $name): bool => str_contains($name, '.')
            && filter_var($name, FILTER_VALIDATE_IP) === false);
        $known['ip'] = $this->ip;
        $known['payment_method'] = $this->payment;

        return [(string) $this->client, Fields::read($fields)->added($known, $own)];
    }

    /** @param array<string, mixed> $client */
    private static function person(array $client): array
    {
        $text = static fn (string $field): string => (string) ($client[$field] ?? '');
        $country = $text('countrycode') !== '' ? $text('countrycode') : $text('country');

        return [
            'company' => $text('companyname'),
            'person' => trim($text('firstname') . ' ' . $text('lastname')),
            'emails' => [$text('email')],
            'phones' => [$text('phonenumberformatted') !== '' ? $text('phonenumberformatted') : $text('phonenumber')],
            'country' => $country,
            'address' => [
                'street' => trim($text('address1') . ' ' . $text('address2')),
                'postcode' => $text('postcode'),
                'city' => $text('city'),
                'country' => $country,
            ],
            'vat_number' => $text('tax_id'),
            'contacts' => [],
            'products' => [],
            'users' => (array) ($client['users']['user'] ?? []),
        ];
    }

    /** Further people who act for the customer. */
    private function contacts(array $known): array
    {
        foreach ($known['users'] as $user) {
            $known['contacts'][] = (string) ($user['name'] ?? '');
            $known['emails'][] = (string) ($user['email'] ?? '');
        }
        $found = self::plain((array) localAPI('GetContacts', ['userid' => $this->client, 'limitnum' => 20]));
        foreach ((array) ($found['contacts']['contact'] ?? []) as $one) {
            $known['contacts'][] = trim(($one['firstname'] ?? '') . ' ' . ($one['lastname'] ?? ''));
            $known['contacts'][] = (string) ($one['companyname'] ?? '');
            $known['emails'][] = (string) ($one['email'] ?? '');
            $known['phones'][] = (string) ($one['phonenumber'] ?? '');
        }

        return $known;
    }

    /** @return array{name: string, domain: string, type: string, own: list<array{0: string, 1: mixed}>} */
    private function product(int $service): array
    {
        $sql = 'SELECT p.name, p.type, h.domain FROM tblhosting h JOIN tblproducts p ON p.id = h.packageid WHERE h.id = ?';
        $row = self::plain(Shop::rows($sql, [$service])[0] ?? []);
        // The answer holds the password of the service, too; nothing but names and values of own fields is taken from it.
        $answer = localAPI('GetClientsProducts', ['clientid' => $this->client, 'serviceid' => $service]);
        $product = self::plain((array) ($answer['products']['product'][0] ?? []));
        $own = [];
        foreach ((array) ($product['customfields']['customfield'] ?? []) as $field) {
            $own[] = [(string) ($field['name'] ?? ''), $field['value'] ?? ''];
        }
        foreach ((array) ($product['configoptions']['configoption'] ?? []) as $option) {
            $own[] = [(string) ($option['option'] ?? ''), $option['value'] ?? ''];
        }

        return [
            'name' => (string) ($row['name'] ?? ''),
            'domain' => (string) ($row['domain'] ?? ''),
            'type' => (string) ($row['type'] ?? ''),
            'own' => $own,
        ];
    }

    /** @return list<string> */
    private function domains(): array
    {
        $sql = 'SELECT domain FROM tbldomains WHERE orderid = ? ORDER BY id';

        return $this->order === null ? [] : array_map('strval', array_column(Shop::rows($sql, [$this->order]), 'domain'));
    }

    /** @return list<array{0: string, 1: mixed}> */
    private static function ownFields(array $fields): array
    {
        $names = Shop::rows("SELECT id, fieldname FROM tblcustomfields WHERE type = 'client'", []);
        $names = array_column($names, 'fieldname', 'id');
        $own = [];
        foreach ($fields as $field) {
            $own[] = [html_entity_decode((string) ($names[$field['id'] ?? 0] ?? '')), $field['value'] ?? ''];
        }

        return $own;
    }

    /** WHMCS keeps `&` as `&amp;`. */
    private static function plain(array $values): array
    {
        array_walk_recursive($values, static function (mixed &$value): void {
            $value = is_string($value) ? html_entity_decode($value, ENT_QUOTES | ENT_HTML5, 'UTF-8') : $value;
        });

        return $values;
    }
}
