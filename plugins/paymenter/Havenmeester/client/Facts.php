<?php

declare(strict_types=1);

namespace Havenmeester;

/**
 * What may be sent of a customer: the fields of the interface and nothing else.
 *
 * What has no place here (passwords, birthdays, notes, numbers of cards and accounts) does not leave the shop.
 */
final class Facts
{
    private const TEXTS = [
        'company', 'person', 'country', 'ip', 'ip_country', 'register_number', 'vat_number', 'payment_method', 'asn',
    ];
    private const LISTS = ['trading_names', 'contacts', 'emails', 'phones', 'domains', 'products'];
    private const FLAGS = ['resells', 'brings_addresses', 'wants_bgp'];
    private const ADDRESS = ['street', 'postcode', 'city', 'country'];
    /** Limits of the interface: characters of a text, values of a list. */
    private const LONGEST = 300;
    private const MOST = 50;

    /**
     * The fields of the interface out of what a shop knows. Blanks, what is too much, and what is no country, address or
     * day is left out, since the interface would refuse the whole order for it. The same input gives the same facts.
     *
     * @param array<string, mixed> $known
     *
     * @return array<string, mixed>
     */
    public static function of(array $known): array
    {
        $facts = [];
        foreach (self::TEXTS as $field) {
            $facts[$field] = self::text($known[$field] ?? null);
        }
        foreach (['country', 'ip_country'] as $field) {
            $facts[$field] = self::country($facts[$field]);
        }
        $facts['ip'] = filter_var($facts['ip'], FILTER_VALIDATE_IP) ?: null;
        foreach (self::LISTS as $field) {
            $facts[$field] = self::texts($known[$field] ?? []);
        }
        foreach (self::FLAGS as $field) {
            $facts[$field] = ($known[$field] ?? false) === true;
        }
        $facts['addresses_ordered'] = max(0, min(2 ** 31, (int) ($known['addresses_ordered'] ?? 0)));
        $facts['registered_on'] = self::day($known['registered_on'] ?? null);
        $facts['address'] = self::address($known['address'] ?? null);

        // What is not said is not sent.
        return array_filter($facts, static fn (mixed $value): bool => !in_array($value, [null, [], false, 0], true));
    }

    /** @return array<string, string> */
    private static function address(mixed $known): array
    {
        $address = [];
        foreach (self::ADDRESS as $field) {
            $text = is_array($known) ? self::text($known[$field] ?? null) : null;
            if ($text !== null) {
                $address[$field] = $text;
            }
        }

        return $address;
    }

    /** @return list<string> */
    private static function texts(mixed $known): array
    {
        $texts = [];
        foreach (is_array($known) ? $known : [$known] as $one) {
            $text = self::text($one);
            if ($text !== null && !in_array($text, $texts, true)) {
                $texts[] = $text;
            }
        }

        return array_slice($texts, 0, self::MOST);
    }

    private static function text(mixed $value): ?string
    {
        if (!is_scalar($value) || is_bool($value)) {
            return null;
        }
        $text = (string) $value;
        if (preg_match('//u', $text) !== 1) {
            // Old shops keep the texts of their first years in Windows-1252.
            $text = (string) @iconv('WINDOWS-1252', 'UTF-8//IGNORE', $text);
        }
        $text = trim((string) preg_replace('/[\p{Cc}\s]+/u', ' ', $text));

        return preg_match('/\A.{1,' . self::LONGEST . '}/us', $text, $found) === 1 ? trim($found[0]) : null;
    }

    private static function country(?string $text): ?string
    {
        return $text !== null && preg_match('/\A[A-Za-z]{2}\z/', $text) === 1 ? strtoupper($text) : null;
    }

    private static function day(mixed $value): ?string
    {
        $text = self::text($value);
        $day = $text === null ? false : \DateTimeImmutable::createFromFormat('!Y-m-d', $text);

        return $day !== false && $day->format('Y-m-d') === $text && (int) $day->format('Y') > 0 ? $text : null;
    }
}
