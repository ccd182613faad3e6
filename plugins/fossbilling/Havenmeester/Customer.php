<?php

declare(strict_types=1);

namespace Box\Mod\Havenmeester;

use Havenmeester\Fields;

/**
 * Who ordered, and what: as much of it as Havenmeester is told. Passwords, keys, birthday and notes stay where they are.
 */
final class Customer
{
    /** Where an order keeps a domain: beginnings of pairs of keys. */
    private const DOMAIN_KEYS = ['', 'register_', 'transfer_', 'owndomain_'];

    /**
     * @param array<string, mixed>       $client A row of `client`.
     * @param list<array<string, mixed>> $orders Rows of `client_order`.
     *
     * @return array<string, mixed>
     */
    public static function known(array $client, array $orders, string $ip, string $payment, string $fields): array
    {
        $text = static fn (string $field): string => trim((string) ($client[$field] ?? ''));
        $phone = $text('phone_cc') === '' ? $text('phone') : '+' . ltrim($text('phone_cc'), '+') . ' ' . $text('phone');
        $known = [
            'company' => $text('company'),
            'person' => trim($text('first_name') . ' ' . $text('last_name')),
            'emails' => [$text('email'), $text('billing_email')],
            'phones' => $text('phone') === '' ? [] : [$phone],
            'country' => $text('country'),
            'address' => [
                'street' => trim($text('address_1') . ' ' . $text('address_2')),
                'postcode' => $text('postcode'),
                'city' => $text('city'),
                'country' => $text('country'),
            ],
            'register_number' => $text('company_number'),
            'vat_number' => $text('company_vat'),
            'ip' => $ip === '' ? $text('ip') : $ip,
            'payment_method' => $payment,
            'domains' => [],
            'products' => [],
        ];
        $own = [];
        for ($number = 1; $number <= 20; ++$number) {
            $own[] = ["custom_$number", $client["custom_$number"] ?? ''];
        }
        foreach ($orders as $order) {
            $known['products'][] = (string) ($order['title'] ?? '');
            $config = self::config((string) ($order['config'] ?? ''));
            $known['domains'] = [...$known['domains'], ...self::domains($config), ...self::domains((array) ($config['domain'] ?? []))];
            foreach ($config as $name => $value) {
                $own[] = [(string) $name, $value];
            }
        }

        return Fields::read($fields)->added($known, $own);
    }

    /** The answers of the order form. Nothing is taken out of them that the settings do not name, but domains. */
    private static function config(string $text): array
    {
        $read = json_decode($text, true);

        return is_array($read) ? $read : [];
    }

    /** @return list<string> */
    private static function domains(array $config): array
    {
        $domains = [];
        foreach (self::DOMAIN_KEYS as $key) {
            $name = $config[$key . 'sld'] ?? '';
            $ending = $config[$key . 'tld'] ?? '';
            if (is_string($name) && is_string($ending) && $name !== '' && $ending !== '') {
                $domains[] = $name . '.' . ltrim($ending, '.');
            }
        }

        return $domains;
    }
}
