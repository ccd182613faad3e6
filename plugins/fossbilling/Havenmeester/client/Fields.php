<?php

declare(strict_types=1);

namespace Havenmeester;

/**
 * What a house's own fields mean: lines such as `register_number = KvK number`.
 *
 * On the left a field of the interface, on the right what the shop calls its custom field, option or property.
 * A field that nobody gave a meaning is not read.
 */
final class Fields
{
    private const NUMBERS = ['addresses_ordered'];
    private const FLAGS = ['resells', 'brings_addresses', 'wants_bgp'];
    private const TEXTS = ['company', 'register_number', 'registered_on', 'vat_number', 'asn'];
    private const LISTS = ['trading_names', 'contacts', 'emails', 'phones', 'domains'];
    private const NO = ['', '0', 'no', 'nee', 'off', 'false', 'none', 'geen'];

    /** @param array<string, list<string>> $names Names in the shop, in small letters, by field of the interface. */
    private function __construct(private array $names)
    {
    }

    /** Reads the lines; what is no field of the interface is passed over. */
    public static function read(string $lines): self
    {
        $names = [];
        $known = [...self::NUMBERS, ...self::FLAGS, ...self::TEXTS, ...self::LISTS];
        foreach (preg_split('/\R/', $lines) ?: [] as $line) {
            [$field, $name] = array_map('trim', explode('=', $line, 2) + [1 => '']);
            if (in_array($field, $known, true) && $name !== '') {
                $names[$field][] = self::folded($name);
            }
        }

        return new self($names);
    }

    /**
     * Adds to what is known of a customer what their own fields say.
     *
     * @param array<string, mixed>              $known
     * @param list<array{0: string, 1: mixed}>  $values Name and value of each own field.
     *
     * @return array<string, mixed>
     */
    public function added(array $known, array $values): array
    {
        foreach ($values as [$name, $value]) {
            foreach ($this->names as $field => $names) {
                if (is_scalar($value) && in_array(self::folded($name), $names, true)) {
                    $known[$field] = self::merged($field, $known[$field] ?? null, trim((string) $value));
                }
            }
        }

        return $known;
    }

    private static function merged(string $field, mixed $before, string $value): mixed
    {
        if (in_array($field, self::NUMBERS, true)) {
            return (int) $before + (preg_match('/\d+/', $value, $found) === 1 ? (int) $found[0] : 0);
        }
        if (in_array($field, self::FLAGS, true)) {
            return $before === true || !in_array(strtolower($value), self::NO, true);
        }
        if (in_array($field, self::LISTS, true)) {
            return [...(array) $before, $value];
        }

        return $value === '' ? $before : $value;
    }

    private static function folded(string $name): string
    {
        return strtolower(trim($name));
    }
}
