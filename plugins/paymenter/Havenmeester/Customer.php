<?php

declare(strict_types=1);

namespace Paymenter\Extensions\Others\Havenmeester;

use App\Models\Order;
use Havenmeester\Fields;

/**
 * Who ordered, and what: as much of it as Havenmeester is told. Passwords and second factors stay where they are.
 */
final class Customer
{
    /** Company and address are properties of the user. */
    private const PROPERTIES = ['company_name', 'phone', 'address', 'address2', 'city', 'zip', 'country'];

    /** @return array{0: string, 1: array<string, mixed>} */
    public static function ofOrder(Order $order, string $fields): array
    {
        $user = $order->user;
        $properties = $own = [];
        foreach ($user->properties as $property) {
            if (in_array($property->key, self::PROPERTIES, true)) {
                $properties[$property->key] = trim((string) $property->value);
            }
            $own[] = [(string) $property->key, $property->value];
        }
        $said = static fn (string $key): string => $properties[$key] ?? '';
        $known = [
            'company' => $said('company_name'),
            'person' => trim("{$user->first_name} {$user->last_name}"),
            'emails' => [(string) $user->email],
            'phones' => [$said('phone')],
            'country' => $said('country'),
            'address' => [
                'street' => trim($said('address') . ' ' . $said('address2')),
                'postcode' => $said('zip'),
                'city' => $said('city'),
                'country' => $said('country'),
            ],
            'products' => [],
            'domains' => [],
        ];
        foreach ($order->services as $service) {
            $known['products'][] = (string) $service->product->name;
            foreach ($service->properties as $property) {
                $own[] = [(string) $property->key, $property->value];
                if (in_array($property->key, ['domain', 'hostname'], true)) {
                    $known['domains'][] = (string) $property->value;
                }
            }
        }
        $known['payment_method'] = self::payment($order);

        return [(string) $user->id, Fields::read($fields)->added($known, $own)];
    }

    /** The name of the way to pay of the first transaction, if there is one, and nothing else of it. */
    private static function payment(Order $order): string
    {
        try {
            foreach ($order->services as $service) {
                foreach ($service->invoices as $invoice) {
                    foreach ($invoice->transactions as $transaction) {
                        if ($transaction->gateway !== null) {
                            return (string) $transaction->gateway->name;
                        }
                    }
                }
            }
        } catch (\Throwable) {
            // Versions differ in where it stands.
        }

        return '';
    }
}
