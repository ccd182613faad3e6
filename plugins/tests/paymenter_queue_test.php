<?php

declare(strict_types=1);

// The extension's place before the job of Paymenter, with the dispatcher, queue and worker of Laravel itself, where they are
// installed. Paymenter around it is played.

require __DIR__ . '/kit.php';
const LARAVEL = '/usr/share/php/Illuminate';
if (!is_file(LARAVEL . '/Queue/autoload.php')) {
    echo "skipped: Laravel's queue is not installed (Debian: php-illuminate-queue)\n";
    exit(0);
}
// Its warnings about the PHP of today are not what is tried here.
error_reporting(E_ALL & ~E_DEPRECATED);
foreach (['Support', 'Container', 'Events', 'Bus', 'Database', 'Queue'] as $part) {
    require_once LARAVEL . "/$part/autoload.php";
}
require_once LARAVEL . '/Console/autoload.php';
require __DIR__ . '/fakes/paymenter_on_laravel.php';
foreach (['Shop', 'Customer', 'GatedCreate', 'Havenmeester'] as $file) {
    require __DIR__ . "/../paymenter/Havenmeester/$file.php";
}

/** Something that Laravel hands to the job. */
final class Played
{
    /** @var list<int> */
    public static array $created = [];
}

/** Nobody else runs the schedule. */
final class OneMachine implements Illuminate\Console\Scheduling\EventMutex, Illuminate\Console\Scheduling\SchedulingMutex
{
    public function create($event, $time = null)
    {
        return true;
    }

    public function exists($event, $time = null)
    {
        return false;
    }

    public function forget($event)
    {
    }
}

function app(?string $name = null): mixed
{
    $container = Illuminate\Container\Container::getInstance();

    return $name === null ? $container : $container->make($name);
}

/** A process of the shop, with the queue that is named. */
function boots(string $queue, array $settings, string $folder): Illuminate\Container\Container
{
    $app = new Illuminate\Container\Container();
    Illuminate\Container\Container::setInstance($app);
    Illuminate\Support\Facades\Facade::clearResolvedInstances();
    Illuminate\Support\Facades\Facade::setFacadeApplication($app);
    $app->instance('app', $app);
    $app->instance(Illuminate\Contracts\Container\Container::class, $app);
    $database = new Illuminate\Database\Capsule\Manager($app);
    $database->addConnection(['driver' => 'sqlite', 'database' => "$folder/shop.sqlite"]);
    $app->instance('db', $database->getDatabaseManager());
    $app->instance('events', new Illuminate\Events\Dispatcher($app));
    $app->alias('events', Illuminate\Contracts\Events\Dispatcher::class);
    $app->instance('log', new class {
        public function info(string $line): void
        {
        }
    });
    $app->bind(Illuminate\Console\Scheduling\EventMutex::class, OneMachine::class);
    $app->bind(Illuminate\Console\Scheduling\SchedulingMutex::class, OneMachine::class);
    $manager = new Illuminate\Queue\Capsule\Manager($app);
    $manager->addConnection(['driver' => 'sync'], 'sync');
    $manager->addConnection(['driver' => 'database', 'table' => 'jobs', 'queue' => 'default', 'retry_after' => 60], 'database');
    $manager->getContainer()['config']['queue.default'] = $queue;
    $app->instance('queue', $manager->getQueueManager());
    $bus = new Illuminate\Bus\Dispatcher($app, static fn ($name = null) => $manager->getQueueManager()->connection($name));
    $app->instance(Illuminate\Bus\Dispatcher::class, $bus);
    $app->instance(Illuminate\Contracts\Bus\Dispatcher::class, $bus);
    $extension = new Paymenter\Extensions\Others\Havenmeester\Havenmeester($settings);
    $extension->boot();
    $extension->enabled();

    return $app;
}

function works(Illuminate\Container\Container $app): void
{
    $handler = new class implements Illuminate\Contracts\Debug\ExceptionHandler {
        public function report(Throwable $e)
        {
            throw $e;
        }

        public function shouldReport(Throwable $e)
        {
            return true;
        }

        public function render($request, Throwable $e)
        {
        }

        public function renderForConsole($output, Throwable $e)
        {
        }
    };
    $worker = new Illuminate\Queue\Worker($app['queue'], $app['events'], $handler, static fn (): bool => false);
    while ($app['db']->table('jobs')->count() > 0) {
        $worker->runNextJob('database', 'default', new Illuminate\Queue\WorkerOptions());
    }
}

$played = new FakeGate();
$settings = ['address' => $played->address, 'token' => 'hvm_invented-token'];
touch("$played->folder/shop.sqlite");

foreach (['database', 'sync'] as $queue) {
    $app = boots($queue, $settings, $played->folder);
    if ($queue === 'database') {
        $app['db']->connection()->getSchemaBuilder()->create('jobs', static function ($table): void {
            $table->bigIncrements('id');
            $table->string('queue');
            $table->longText('payload');
            $table->unsignedTinyInteger('attempts');
            $table->unsignedInteger('reserved_at')->nullable();
            $table->unsignedInteger('available_at');
            $table->unsignedInteger('created_at');
        });
    }
    Played::$created = [];
    $failed = 0;
    $app['events']->listen(Illuminate\Queue\Events\JobFailed::class, static function () use (&$failed): void {
        ++$failed;
    });
    $again = $app->make(Illuminate\Console\Scheduling\Schedule::class)->events();
    check([count($again), $again[0]->expression, $again[0]->description], [1, '*/5 * * * *', 'havenmeester'], 'the schedule');
    $tryAgain = static fn () => $again[0]->run($app);

    $played->plays('hold');
    App\Jobs\Server\CreateJob::dispatch(new App\Models\Service(1, 1));
    works($app);
    check([Played::$created, $failed], [[], 0], "$queue: a held job does nothing, and did not fail");
    $tryAgain();
    works($app);
    check(Played::$created, [], "$queue: nor does it when it is tried again");
    $played->plays('garbled');
    $tryAgain();
    works($app);
    check(Played::$created, [], "$queue: nor by a wrong answer");
    $played->plays('go_on');
    $tryAgain();
    works($app);
    $tryAgain();
    works($app);
    check([Played::$created, $failed], [[1], 0], "$queue: released, it runs once, with what Laravel hands to it");
    App\Jobs\Server\CreateJob::dispatch(new App\Models\Service(2, null));
    works($app);
    check(Played::$created, [1], "$queue: without an order it is held");
}
