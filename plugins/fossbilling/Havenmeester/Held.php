<?php

declare(strict_types=1);

namespace Box\Mod\Havenmeester;

/** Stops the activation of an order that waits. The text says nothing of why. */
final class Held extends \Exception
{
    public function __construct()
    {
        parent::__construct('The order ' . \Havenmeester\Orders::WAITS);
    }
}
