<?php

declare(strict_types=1);

// Where WHMCS calls Havenmeester. Every hook ends in Shop, which never throws.

if (!defined('WHMCS')) {
    exit('This file belongs to WHMCS.');
}

require_once __DIR__ . '/Shop.php';

use Havenmeester\Whmcs\Shop;

// The order came in: it is told of. The visitor's page does not depend on it.
add_hook('AfterShoppingCartCheckout', 1, static function (array $vars): void {
    Shop::ofSettings()->cameIn((int) ($vars['OrderID'] ?? 0));
});

// The gate. Whatever goes wrong here, the command is stopped.
add_hook('PreModuleCreate', 1, static function (array $vars): array {
    try {
        $isClear = Shop::ofSettings()->mayCreate((array) ($vars['params'] ?? []));
    } catch (\Throwable) {
        $isClear = false;
    }

    return $isClear ? [] : ['abortcmd' => true];
});

foreach (['PreRegistrarRegisterDomain', 'PreRegistrarTransferDomain'] as $hook) {
    add_hook($hook, 1, static function (array $vars): array {
        try {
            $isClear = Shop::ofSettings()->mayRegister((array) ($vars['params'] ?? []));
        } catch (\Throwable) {
            $isClear = false;
        }

        return $isClear ? [] : ['abortWithError' => \Havenmeester\Orders::WAITS];
    });
}

// What waits is tried again at every run of the cron.
add_hook('AfterCronJob', 1, static function (): void {
    Shop::ofSettings()->tryAgain();
});

add_hook('ClientEdit', 1, static function (array $vars): void {
    Shop::ofSettings()->clientChanged((int) ($vars['userid'] ?? 0));
});

add_hook('AfterModuleTerminate', 1, static function (array $vars): void {
    Shop::ofSettings()->terminated((int) ($vars['params']['serviceid'] ?? 0));
});
