<?php

declare(strict_types=1);

namespace Paymenter\Extensions\Others\Havenmeester;

use App\Jobs\Server\CreateJob;

/**
 * Stands before Paymenter's job that creates a server: Laravel hands the job to this handler instead of running it.
 *
 * A job that waits ends here without having done anything. Laravel cannot put it back itself, since Paymenter lets it run
 * once only; the schedule puts a new one on the queue when the check is done.
 */
final class GatedCreate
{
    public function __construct(private Shop $shop)
    {
    }

    public function handle(CreateJob $job): mixed
    {
        return $this->shop->mayCreate($job->service) ? app()->call([$job, 'handle']) : null;
    }
}
