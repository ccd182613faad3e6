<?php

declare(strict_types=1);

namespace Paymenter\Extensions\Others\Havenmeester;

require_once __DIR__ . '/client/client.php';

use App\Classes\Extension\Extension;
use App\Events\Order\Finalized;
use App\Events\Property\Updated as PropertyUpdated;
use App\Events\Service\Created;
use App\Events\Service\Updated;
use App\Events\User\Updated as UserUpdated;
use App\Jobs\Server\CreateJob;
use App\Models\User;
use Illuminate\Console\Scheduling\Schedule;
use Illuminate\Support\Facades\Bus;
use Illuminate\Support\Facades\Event;

/**
 * The extension as Paymenter knows it: settings, tables, and where Paymenter is listened to.
 */
class Havenmeester extends Extension
{
    public function getConfig($values = [])
    {
        return [
            [
                'name' => 'address',
                'label' => 'Address',
                'type' => 'text',
                'description' => 'of Havenmeester, such as https://havenmeester.example.net',
                'required' => true,
            ],
            [
                'name' => 'token',
                'label' => 'Token',
                'type' => 'password',
                'description' => 'with the scope "shop"',
                'required' => true,
                'encrypted' => true,
            ],
            [
                'name' => 'ca_file',
                'label' => 'Certificates',
                'type' => 'text',
                'description' => 'a file on this server, only if Havenmeester has a certificate of your own authority',
                'required' => false,
            ],
            [
                'name' => 'fields',
                'label' => 'Your own fields',
                'type' => 'textarea',
                'description' => 'what they mean, one a line: register_number = company_number',
                'required' => false,
            ],
            ['name' => 'state', 'label' => $this->state(), 'type' => 'placeholder'],
        ];
    }

    public function installed()
    {
        Shop::notes()->install();
    }

    public function enabled()
    {
        Shop::notes()->install();
    }

    public function uninstalled()
    {
        Shop::notes()->uninstall();
    }

    /** Runs in every process, also in the workers of the queue. The gate comes first: nothing may keep it from its place. */
    public function boot()
    {
        Bus::map([CreateJob::class => GatedCreate::class]);
        app()->singleton(Shop::class, fn (): Shop => $this->shop());

        $told = class_exists(Finalized::class) ? Finalized::class : Created::class;
        Event::listen($told, static function (object $event): void {
            app(Shop::class)->cameIn((int) ($event->order->id ?? $event->service->order_id ?? 0));
        });
        Event::listen(Updated::class, static fn (object $event) => app(Shop::class)->serviceChanged($event->service));
        Event::listen(UserUpdated::class, static fn (object $event) => app(Shop::class)->userChanged((int) $event->user->id));
        Event::listen(PropertyUpdated::class, static function (object $event): void {
            if (($event->property->model_type ?? '') === User::class) {
                app(Shop::class)->userChanged((int) $event->property->model_id);
            }
        });
        app()->afterResolving(Schedule::class, static function (Schedule $schedule): void {
            $schedule->call(static fn () => app(Shop::class)->tryAgain())->name('havenmeester')
                ->everyFiveMinutes()->withoutOverlapping();
        });
    }

    private function shop(): Shop
    {
        $settings = [];
        try {
            foreach (['address', 'token', 'ca_file', 'fields'] as $name) {
                $settings[$name] = (string) $this->config($name);
            }
        } catch (\Throwable) {
            // Without settings nobody is asked, and everything waits.
            $settings = [];
        }

        return new Shop($settings);
    }

    private function state(): string
    {
        try {
            return $this->shop()->state();
        } catch (\Throwable) {
            return 'Enter address and token, and enable the extension.';
        }
    }
}
