using HealthEquity.Admin.Access;
using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;
using HealthEquity.Store.Curators;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace HealthEquity.Admin.Imports;

/// <summary>How large an uploaded file may be: what imports read, or less where <c>Imports:MaximumMegabytes</c> says so.</summary>
public sealed class ImportLimits(IConfiguration configuration)
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>What may stand around the file in the form.</summary>
    public const long FormBytes = 64 * 1024;

    public SourceLimits Source { get; } = Read(configuration);

    /// <summary>The largest file, in megabytes.</summary>
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
/// Lets a page take a file as large as imports may be. One that is larger is read to its end and thrown away, up to a bound: a server
/// that only closes the connection leaves its sender before a browser's error instead of the page that says what is wrong. Runs before
/// the form's token is looked for, because that reads the form.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesImportFileAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    // So many times the limit is read for the sake of an answer.
    private const int Patience = 8;

    public int Order => -1000;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsPost(request.Method) || !context.HttpContext.User.IsAtLeast(CuratorRole.Curator))
        {
            return;
        }

        var limits = context.HttpContext.RequestServices.GetRequiredService<ImportLimits>();
        var largest = limits.Source.MaximumBytes + ImportLimits.FormBytes;
        var isTooLarge = request.ContentLength > largest;
        if (context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = isTooLarge ? largest * Patience : largest;
        }

        if (!isTooLarge)
        {
            var form = new FormOptions { MultipartBodyLengthLimit = largest, ValueCountLimit = 20_000, BufferBodyLengthLimit = largest };
            context.HttpContext.Features.Set<IFormFeature>(new FormFeature(request, form));
            return;
        }

        if (request.ContentLength <= largest * Patience)
        {
            await request.Body.CopyToAsync(Stream.Null, context.HttpContext.RequestAborted);
        }

        var message = $"The file is larger than {limits.Megabytes:N0} MB, the most that is taken. Nothing was kept. Split it into several files, each with the first line that names the columns, or let an operator import it on the command line.";
        context.HttpContext.Items[typeof(RefusedException)] = message;
        context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
    }
}
