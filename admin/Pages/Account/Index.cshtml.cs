namespace HealthEquity.Admin.Pages.Account;

/// <summary>What the console knows of the person who is signed in.</summary>
public sealed class IndexModel : AccountPage
{
    public Task OnGetAsync() => LoadAsync();
}
