namespace HealthEquity.Admin.Pages;

/// <summary>What a curator opens the day with.</summary>
public sealed class IndexModel : ConsolePage
{
    public void OnGet()
    {
    }
}
