using System.Globalization;
using System.Text.Json.Nodes;
using FastEndpoints;
using HealthEquity.Api.Answers;
using HealthEquity.Api.Exports;
using HealthEquity.Api.Feed;
using HealthEquity.Api.Limits;
using HealthEquity.Formats.Hsds.Writing;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Hsds;

/// <summary>Documents <see cref="GetHsdsPackage"/>.</summary>
public sealed class GetHsdsPackageSummary : Summary<GetHsdsPackage>
{
    /// <summary>Sets the texts.</summary>
    public GetHsdsPackageSummary()
    {
        Summary = "Download the directory as HSDS tables";
        Description = "A Tabular Data Package (Frictionless) in a ZIP file: datapackage.json and a CSV file for each table of HSDS 3.1 that has rows.";
    }
}

/// <summary>GET /hsds/datapackage.zip</summary>
public sealed class GetHsdsPackage(HsdsDirectory directory, HsdsOptions options, TimeProvider clock) : HsdsEndpoint<HsdsRootRequest, Stream>
{
    /// <inheritdoc/>
    public override void Configure()
    {
        Reads("/hsds/datapackage.zip", kept: false);
        InHsdsDocument();
        Description(b => b.WithMetadata(new RequestCostAttribute(ExportEndpoint.Cost)));
    }

    /// <inheritdoc/>
    public override Task HandleAsync(HsdsRootRequest req, CancellationToken ct)
    {
        if (directory.Current is not { } snapshot)
        {
            return NotReady.SendAsync(HttpContext);
        }

        var edition = directory.Edition;
        var found = directory.Find(snapshot, new SearchQuery()).ToList();
        var about = About();
        var package = new StreamedAnswer
        {
            Fingerprint = HsdsAnswers.Fingerprint($"package {edition.Fingerprint} {about.ToJsonString()}", found.Select(l => HsdsMark.Of(l.ServiceId, l.Indexed))),
            Mark = snapshot.Mark,
            ContentType = "application/zip",
            ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"hsds-{clock.GetUtcNow():yyyy-MM-dd}.zip\""),
            IsCompressed = true,
            WriteAsync = (body, cancellation) => HsdsPackage.WriteAsync(body, found.Select(l => l.Entry), edition.Mapping, edition.Vocabularies, about, cancellation),
        };
        return package.SendAsync(HttpContext, ct);
    }

    private JsonObject About()
    {
        if (options.PublisherName is not { } name)
        {
            return [];
        }

        var publisher = new JsonObject { ["title"] = name, ["role"] = "publisher" };
        if (options.PublisherUrl is { } url)
        {
            publisher["path"] = url;
        }

        return new JsonObject { ["contributors"] = new JsonArray(publisher) };
    }
}
