<?php

declare(strict_types=1);

// The client of Havenmeester for shops, without anything else: PHP 8.1 with curl.

require_once __DIR__ . '/Gate.php';
require_once __DIR__ . '/Facts.php';
require_once __DIR__ . '/Fields.php';
require_once __DIR__ . '/Notes.php';
require_once __DIR__ . '/Orders.php';
require_once __DIR__ . '/PdoNotes.php';
