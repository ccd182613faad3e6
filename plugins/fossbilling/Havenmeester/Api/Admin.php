<?php

declare(strict_types=1);

namespace Box\Mod\Havenmeester\Api;

/** What the settings page asks. */
class Admin extends \Api_Abstract
{
    /** Whether Havenmeester answers, and which orders wait. */
    public function state(array $data = []): array
    {
        return $this->getService()->state();
    }
}
