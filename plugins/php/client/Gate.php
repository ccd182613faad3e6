<?php

declare(strict_types=1);

namespace Havenmeester;

/**
 * Speaks with the gate of Havenmeester: tells it of orders and asks whether one may be provisioned.
 *
 * No method throws, and no call takes longer than TOTAL_MS. Whatever is not the one clear answer means "no".
 */
final class Gate
{
    private const CONNECT_MS = 2000;
    private const TOTAL_MS = 3000;
    /** After a call that got no answer the next ones are not tried for so long: ten products in a cart wait once. */
    private const PAUSE_SECONDS = 10.0;
    /** Bytes. The longest answer of the gate has some hundred. */
    private const LONGEST_ANSWER = 16384;

    private ?string $problem = null;
    private ?float $silentSince = null;

    /**
     * @param string      $address Where Havenmeester is: https, or http on this very machine.
     * @param string      $token   A token with the scope `shop`.
     * @param string|null $caFile  Certificates of your own authority, where Havenmeester has one of those.
     */
    public function __construct(
        private string $address,
        #[\SensitiveParameter] private string $token,
        private ?string $caFile = null,
    ) {
        $this->address = rtrim(trim($address), '/');
        $this->token = trim($token);
        $this->caFile = trim((string) $caFile) === '' ? null : trim((string) $caFile);
    }

    /**
     * Tells of an order. The same order may be told of as often as you like.
     *
     * @param array<string, mixed> $facts As Facts::of() gives them.
     *
     * @return string|null The id by which the gate is asked; null if it did not take the order.
     */
    public function tell(string $order, ?string $customer, array $facts): ?string
    {
        $body = ['order' => $order, 'applicant' => (object) $facts];
        if ($customer !== null && $customer !== '') {
            $body['customer'] = $customer;
        }
        $answer = $this->call('POST', '/api/v1/checks', $body, 202);
        $id = $answer['id'] ?? null;
        if (is_string($id) && self::isId($id)) {
            return $id;
        }
        $this->problem ??= 'the answer is not one of Havenmeester';

        return null;
    }

    /** Whether an order may be provisioned. False for everything but the one clear answer. */
    public function mayGoOn(?string $id): bool
    {
        return $this->ask($id) === 'go_on';
    }

    /** Tells that the contract ended. True when nothing is left to tell. */
    public function ended(string $id): bool
    {
        if (!self::isId($id)) {
            return true;
        }
        $this->call('POST', "/api/v1/checks/$id/ended", null, 204);
        // There is no such contract: it was not let in, or is forgotten already.
        return $this->problem === null || $this->problem === 'HTTP 404';
    }

    /** Tries address, certificate and token. Null if all is well, or what is wrong in a few words. */
    public function check(): ?string
    {
        // Nobody has this order, and so it is held.
        if ($this->ask('AP-00000000000000000000000000000000') !== null) {
            return null;
        }

        return $this->problem;
    }

    /** What was wrong with the last call, in a few words without anybody's data; null if nothing was. */
    public function problem(): ?string
    {
        return $this->problem;
    }

    /** Keeps the token out of dumps. */
    public function __debugInfo(): array
    {
        return ['address' => $this->address, 'problem' => $this->problem];
    }

    public function __serialize(): array
    {
        throw new \LogicException('a gate is not stored');
    }

    private static function isId(string $id): bool
    {
        return preg_match('/\A[A-Za-z0-9-]{1,100}\z/', $id) === 1;
    }

    /** `go_on`, `hold`, or null for everything else. */
    private function ask(?string $id): ?string
    {
        if ($id === null || !self::isId($id)) {
            $this->problem = 'the order is not known to Havenmeester';

            return null;
        }
        $answer = $this->call('GET', "/api/v1/checks/$id", null, 200);
        $word = $answer['answer'] ?? null;
        if ($word === 'go_on' || $word === 'hold') {
            return $word;
        }
        $this->problem ??= 'the answer is not one of Havenmeester';

        return null;
    }

    /**
     * @param array<string, mixed>|null $body
     *
     * @return array<string, mixed> Empty if the call did not end as expected; `problem` says why.
     */
    private function call(string $method, string $path, ?array $body, int $expected): array
    {
        $this->problem = $this->unusable();
        if ($this->problem !== null) {
            return [];
        }
        if ($this->silentSince !== null && self::now() - $this->silentSince < self::PAUSE_SECONDS) {
            $this->problem = 'no answer a moment ago';

            return [];
        }
        try {
            $read = $this->request($method, $path, $body, $expected);
        } catch (\Throwable) {
            $this->problem = 'the call could not be made';
            $read = [];
        }

        return $read;
    }

    /** What of the settings cannot be used. */
    private function unusable(): ?string
    {
        if (!function_exists('curl_init')) {
            return 'PHP has no curl';
        }
        $parts = parse_url($this->address);
        $host = strtolower((string) ($parts['host'] ?? ''));
        $isHere = in_array($host, ['127.0.0.1', 'localhost', '[::1]'], true);
        $scheme = strtolower((string) ($parts['scheme'] ?? ''));
        $isPlain = !isset($parts['user']) && !isset($parts['query']) && !isset($parts['fragment']);
        if ($host === '' || !$isPlain || !($scheme === 'https' || ($scheme === 'http' && $isHere))) {
            return 'the address does not begin with https://';
        }
        if (preg_match('/\A[\x21-\x7e]{1,500}\z/', $this->token) !== 1) {
            return 'there is no token';
        }
        if ($this->caFile !== null && !is_readable($this->caFile)) {
            return 'the file with certificates cannot be read';
        }

        return null;
    }

    /** @return array<string, mixed> */
    private function request(string $method, string $path, ?array $body, int $expected): array
    {
        $text = '';
        $headers = ["Authorization: Bearer $this->token", 'Accept: application/json', 'Expect:'];
        $options = [
            CURLOPT_URL => $this->address . $path,
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_CONNECTTIMEOUT_MS => self::CONNECT_MS,
            CURLOPT_TIMEOUT_MS => self::TOTAL_MS,
            CURLOPT_NOSIGNAL => true,
            // The token would travel with it.
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_PROTOCOLS => CURLPROTO_HTTP | CURLPROTO_HTTPS,
            CURLOPT_SSL_VERIFYPEER => true,
            CURLOPT_SSL_VERIFYHOST => 2,
            CURLOPT_WRITEFUNCTION => static function ($handle, string $part) use (&$text): int {
                $text .= $part;

                return strlen($text) > self::LONGEST_ANSWER ? 0 : strlen($part);
            },
        ];
        if (str_starts_with($this->address, 'http://')) {
            $options[CURLOPT_NOPROXY] = '*';
        }
        if ($this->caFile !== null) {
            $options[CURLOPT_CAINFO] = $this->caFile;
        }
        if ($method === 'POST') {
            $options[CURLOPT_POSTFIELDS] = $body === null ? '' : json_encode($body, JSON_THROW_ON_ERROR);
            $headers[] = 'Content-Type: application/json';
        }
        $handle = curl_init();
        curl_setopt_array($handle, $options + [CURLOPT_HTTPHEADER => $headers]);
        $isWhole = curl_exec($handle) !== false;
        $fault = curl_errno($handle);
        $status = (int) curl_getinfo($handle, CURLINFO_RESPONSE_CODE);
        $kind = (string) curl_getinfo($handle, CURLINFO_CONTENT_TYPE);
        unset($handle);
        if (!$isWhole) {
            $this->silentSince = self::now();
            $this->problem = self::words($fault);

            return [];
        }
        $this->silentSince = null;
        if ($status !== $expected) {
            $this->problem = "HTTP $status";

            return [];
        }
        if ($expected === 204) {
            return [];
        }
        $read = json_decode($text, true, 8);
        if (!is_array($read) || !str_starts_with(strtolower($kind), 'application/json')) {
            $this->problem = 'the answer is not one of Havenmeester';

            return [];
        }

        return $read;
    }

    private static function words(int $fault): string
    {
        return match ($fault) {
            CURLE_OPERATION_TIMEDOUT => 'no answer in time',
            CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST => 'Havenmeester cannot be reached',
            CURLE_SSL_CACERT, CURLE_SSL_PEER_CERTIFICATE, CURLE_SSL_CONNECT_ERROR => 'the certificate is not trusted',
            CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR => 'the answer broke off',
            default => "no answer (curl $fault)",
        };
    }

    /** Seconds of a clock that nobody sets. */
    private static function now(): float
    {
        return hrtime(true) / 1e9;
    }
}
