using HealthEquity.Admin.SignIn;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Auditing;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Databases;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Admin.Pages;

/// <summary>The page of a setup link for the first administrator, a new curator, or a curator whose account was reset.</summary>
public sealed class SetUpModel(
    Database database,
    CuratorStore curators,
    AuditLog audit,
    UserManager<Curator> users,
    SignInManager<Curator> signIn,
    TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    public string DisplayName { get; set; } = "";

    [BindProperty]
    public string UserName { get; set; } = "";

    [BindProperty]
    public string Password { get; set; } = "";

    [BindProperty]
    public string Repeated { get; set; } = "";

    public bool IsUsable { get; private set; }

    public bool IsFirst { get; private set; }

    /// <summary>Whether no administrator exists who could create a new link.</summary>
    public bool ForFirst { get; private set; }

    public async Task OnGetAsync() => await FindAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        if (await FindAsync() is not { } curator || !Check(curator))
        {
            return Page();
        }

        curator.PasswordHash = users.PasswordHasher.HashPassword(curator, Password);
        curator.SecurityStamp = CuratorStore.NewStamp();
        if (!await UseAsync(curator))
        {
            IsUsable = false;
            return Page();
        }

        await signIn.SignInAsync(curator, isPersistent: false);
        return Redirect(curator.Role.NeedsTwoFactor() ? "~/account/two-factor" : "~/");
    }

    private Task<bool> UseAsync(Curator curator) => database.TransactAsync(
        async session =>
        {
            var cancellation = HttpContext.RequestAborted;
            if (await SetUpLinks.UseAsync(session, Token, clock.GetUtcNow(), cancellation) is null)
            {
                return false;
            }

            if (IsFirst)
            {
                await curators.AddAsync(session, curator, Actor.System("setUp"), cancellation);
            }
            else if (!await CuratorStore.SaveAsync(session, curator, cancellation))
            {
                throw new RefusedException("Someone else changed your account. Reload the page.");
            }

            await audit.AppendAsync(session, Actor.Curator(curator.CuratorId), "setPassword", CuratorStore.Subject(curator.CuratorId), "setup link", cancellation);
            return true;
        },
        HttpContext.RequestAborted);

    private async Task<Curator?> FindAsync()
    {
        await using var session = await database.OpenAsync(HttpContext.RequestAborted);
        ForFirst = !await CuratorStore.AnyAsync(session, HttpContext.RequestAborted);
        var link = await SetUpLinks.FindAsync(session, Token, clock.GetUtcNow(), HttpContext.RequestAborted);
        var curator = link switch
        {
            null => null,
            { CuratorId: { } id } => await CuratorStore.FindAsync(session, id, HttpContext.RequestAborted),
            _ => New(),
        };
        IsUsable = curator is { DisabledAt: null };
        IsFirst = link is { CuratorId: null };
        UserName = IsFirst || curator is null ? UserName : curator.UserName;
        return IsUsable ? curator : null;
    }

    private Curator New() => new()
    {
        CuratorId = Guid.CreateVersion7(clock.GetUtcNow()),
        UserName = UserName.Trim(),
        NormalizedUserName = CuratorStore.Normalize(UserName.Trim()),
        DisplayName = DisplayName.Trim(),
        Role = CuratorRole.Administrator,
    };

    private bool Check(Curator curator)
    {
        if (IsFirst && curator.DisplayName.Length is 0 or > 200)
        {
            ModelState.AddModelError(nameof(DisplayName), "Enter your name.");
        }

        if (IsFirst && !CuratorStore.IsUserName(curator.UserName))
        {
            ModelState.AddModelError(nameof(UserName), "Enter a sign-in name with only letters, digits, and - . _ @ +");
        }

        if (PasswordRules.Problem(curator, Password) is { } problem)
        {
            ModelState.AddModelError(nameof(Password), problem);
        }
        else if (Password != Repeated)
        {
            ModelState.AddModelError(nameof(Repeated), "The passwords do not match.");
        }

        return ModelState.IsValid;
    }
}
