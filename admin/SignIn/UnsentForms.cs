using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using HealthEquity.Admin.Access;
using HealthEquity.Admin.EntryForms;
using HealthEquity.Store.Databases;
using HealthEquity.Store.Entries;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace HealthEquity.Admin.SignIn;

/// <summary>Somebody whose session was over by time when the request came; for nothing but to keep what they sent for them.</summary>
internal sealed record EndedSession(ClaimsPrincipal Person);

/// <summary>
/// Keeps a form that was sent after its session had run out, until the same person has signed in again and sends it anew.
/// It lies among that curator's unsaved texts, which nobody else is ever shown and which go after the time in the settings;
/// it does nothing by itself. Whose it is says the sealed cookie of the session that ran out, so no page need carry it about.
/// A session that was ended on purpose keeps nothing, and neither does a form without that person's token.
/// </summary>
internal sealed class UnsentForms(Database database, IAntiforgery antiforgery, TimeProvider clock)
{
    /// <summary>The page that offers the form again, before its key.</summary>
    public const string Page = "/unsent/";

    /// <summary>What stands before the key of such a text.</summary>
    public const string Prefix = "unsent:";

    /// <summary>The name under which the form's own address is kept.</summary>
    public const string PathName = "_path";

    private const int LongestForm = 1024 * 1024;

    // Passwords and codes are never kept, and who signs out means it.
    private static readonly string[] NeverKept = ["/account", "/sign-out"];

    private static readonly FormOptions Limits = new() { ValueCountLimit = 50_000, KeyLengthLimit = 512, ValueLengthLimit = LongestForm };

    /// <summary>Keeps what was sent.</summary>
    /// <returns>The address of the page that offers it again; null where nothing was kept.</returns>
    public async Task<string?> KeepAsync(HttpContext context, ClaimsPrincipal person)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || request.ContentLength is null or > LongestForm
            || NeverKept.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            // A script's own request has nobody who waits for the answer.
            || request.Headers["Sec-Fetch-Mode"] is { Count: > 0 } mode && mode != "navigate")
        {
            return null;
        }

        if (await ReadAsync(context) is not { Files.Count: 0 } form || !await IsOwnFormAsync(context, person))
        {
            return null;
        }

        var path = request.Path + request.QueryString.ToString();
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32];
        var values = FormValues.From(form.Where(f => f.Key != "formToken"));
        values.Set(PathName, path);
        var draft = new AutosavedDraft { DraftKey = Prefix + key, Kind = "form", Body = values.ToJson(), SavedAt = clock.GetUtcNow() };
        await database.TransactAsync(s => AutosavedDrafts.SaveAsync(s, person.CuratorId(), draft, context.RequestAborted), context.RequestAborted);
        return Page + key;
    }

    private static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(Limits, context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            // No form that a page of the console has; the door is answer enough.
            return null;
        }
    }

    private async Task<bool> IsOwnFormAsync(HttpContext context, ClaimsPrincipal person)
    {
        var nobody = context.User;
        context.User = person;
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        finally
        {
            context.User = nobody;
        }
    }
}
