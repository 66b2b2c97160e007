using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

[assembly: HealthEquity.Tests.Api.QuietNodes]

namespace HealthEquity.Tests.Api;

/// <summary>
/// Stops the feeds of the nodes that a test opened when it ends. Nodes run until the end of the test run, and dozens of them that look for
/// changes five times a second would take half of a processor.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class QuietNodes : BeforeAfterTestAttribute
{
    /// <summary>The nodes that each running test has opened.</summary>
    internal static ConcurrentDictionary<string, ConcurrentBag<Node>> Opened { get; } = new();

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (Opened.TryRemove(test.UniqueID, out var nodes))
        {
            _ = Task.WhenAll(nodes.Select(n => n.StopFeedAsync()));
        }
    }
}
