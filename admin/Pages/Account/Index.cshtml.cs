namespace HealthEquity.Admin.Pages.Account;

/// <summary>Shows the signed-in user's account.</summary>
public sealed class IndexModel : AccountPage
{
    public Task OnGetAsync() => LoadAsync();
}
