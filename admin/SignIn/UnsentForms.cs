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

/// <summary>The owner of an expired session. Used only to save the submitted form for that person.</summary>
internal sealed record ExpiredSession(ClaimsPrincipal Person);

/// <summary>
/// Saves a form that was submitted after the session expired, so that the same person can submit it again after sign-in. The form is
/// stored with the curator's unsaved drafts: only that curator can see it, and it is deleted after the time in the settings. The
/// encrypted cookie of the expired session identifies the owner. Nothing is saved if the session was ended on purpose or if the
/// antiforgery token is not valid for that person.
/// </summary>
internal sealed class UnsentForms(Database database, IAntiforgery antiforgery, TimeProvider clock)
{
    /// <summary>The path of the page that offers the form again, followed by its key.</summary>
    public const string Page = "/unsent/";

    /// <summary>The prefix of the draft key.</summary>
    public const string Prefix = "unsent:";

    /// <summary>The field name for the form's address.</summary>
    public const string PathName = "_path";

    private const int MaxFormBytes = 1024 * 1024;

    // Never save passwords, codes, or a sign-out.
    private static readonly string[] ExcludedPaths = ["/account", "/sign-out"];

    private static readonly FormOptions Limits = new() { ValueCountLimit = 50_000, KeyLengthLimit = 512, ValueLengthLimit = MaxFormBytes };

    /// <summary>Saves the submitted form.</summary>
    /// <returns>The address of the page that offers the form again; null if nothing was saved.</returns>
    public async Task<string?> KeepAsync(HttpContext context, ClaimsPrincipal person)
    {
        var request = context.Request;
        if (ExcludedPaths.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            // Ignore requests from scripts.
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
        var values = FormValues.From(form.Where(f => f.Key != UnsavedForm.TokenName));
        values.Set(PathName, path);
        var draft = new AutosavedDraft { DraftKey = Prefix + key, Kind = "form", Body = values.ToJson(), SavedAt = clock.GetUtcNow() };
        await database.TransactAsync(s => AutosavedDrafts.SaveAsync(s, person.CuratorId(), draft, context.RequestAborted), context.RequestAborted);
        return request.PathBase + Page + key;
    }

    /// <summary>Reads a submitted form; null if there is none, or if it is too large to be saved.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType || request.ContentLength is null or > MaxFormBytes)
        {
            return null;
        }

        try
        {
            return await request.ReadFormAsync(Limits, context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            // Not a valid form. Just redirect to sign-in.
            return null;
        }
    }

    private async Task<bool> IsOwnFormAsync(HttpContext context, ClaimsPrincipal person)
    {
        var anonymous = context.User;
        context.User = person;
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        finally
        {
            context.User = anonymous;
        }
    }
}
