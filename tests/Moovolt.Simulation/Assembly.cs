// A schedule takes one core; two at a time would only wait for each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
