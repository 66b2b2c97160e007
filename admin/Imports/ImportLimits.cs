using HealthEquity.Admin.Access;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace HealthEquity.Admin.Imports;

/// <summary>The maximum upload size: the import limit, or less if <c>Imports:MaximumMegabytes</c> is set.</summary>
public sealed class ImportLimits(IConfiguration configuration)
{
    internal const long Megabyte = 1024 * 1024;

    /// <summary>The allowance for the other form fields.</summary>
    public const long FormBytes = 64 * 1024;

    public SourceLimits Source { get; } = Read(configuration);

    /// <summary>The maximum file size in megabytes.</summary>
    public long Megabytes => Source.MaximumBytes / Megabyte;

    private static SourceLimits Read(IConfiguration configuration)
    {
        var limits = new SourceLimits();
        return configuration.GetValue<long?>("Imports:MaximumMegabytes") is { } megabytes and > 0
            ? limits with { MaximumBytes = Math.Min(megabytes * Megabyte, limits.MaximumBytes) }
            : limits;
    }
}

/// <summary>
/// Raises a page's request size limit to the import limit. A larger upload is read to the end and discarded, up to a bound, because
/// closing the connection would show a browser error instead of the page that explains the problem. Runs before antiforgery validation,
/// because that reads the form.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesImportFileAttribute(CuratorRole least = CuratorRole.Curator) : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    private const string SplitTable = "Split it into several files, each with the header row, or ask an operator to import it from the command line.";

    // An upload is drained up to this multiple of the limit.
    private const int DrainFactor = 8;

    public int Order => -1000;

    /// <summary>The maximum size in megabytes, if it is not that of imports.</summary>
    public int Megabytes { get; init; }

    /// <summary>What to do about a file that is too large.</summary>
    public string Advice { get; init; } = SplitTable;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsPost(request.Method) || !context.HttpContext.User.IsAtLeast(least))
        {
            return;
        }

        var limits = context.HttpContext.RequestServices.GetRequiredService<ImportLimits>();
        var megabytes = Megabytes > 0 ? Megabytes : limits.Megabytes;
        var largest = (Megabytes > 0 ? Megabytes * ImportLimits.Megabyte : limits.Source.MaximumBytes) + ImportLimits.FormBytes;
        var isTooLarge = request.ContentLength > largest;
        if (context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = isTooLarge ? largest * DrainFactor : largest;
        }

        if (!isTooLarge)
        {
            var form = new FormOptions { MultipartBodyLengthLimit = largest, ValueCountLimit = 20_000, BufferBodyLengthLimit = largest };
            context.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, form));
            return;
        }

        if (request.ContentLength <= largest * DrainFactor)
        {
            await request.Body.CopyToAsync(Stream.Null, context.HttpContext.RequestAborted);
        }

        var message = $"The file is larger than the limit of {megabytes:N0} MB. Nothing was imported. {Advice}";
        context.HttpContext.Items[typeof(RefusedException)] = message;
        context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
    }
}
