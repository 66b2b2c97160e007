using System.Diagnostics.Metrics;
using HealthEquity.Hosting;

namespace HealthEquity.Api.Feed;

/// <summary>Metrics for the size and age of this node's index, without attributes. They cost nothing unless exported.</summary>
public sealed class IndexMetrics(IMeterFactory meters, PublishedDirectory directory) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(DirectoryTelemetry.MeterName);
        meter.CreateObservableGauge("directory.entries", () => directory.Current.Count, "{entry}", "Published entries in the index.");
        meter.CreateObservableGauge("directory.sequence", () => directory.Current.Sequence, "{change}", "The number of the last change in the index.");
        meter.CreateObservableGauge("directory.age", () => directory.Age?.TotalSeconds ?? -1, "s", "Time since the last response of the database; -1 before the first.");
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
