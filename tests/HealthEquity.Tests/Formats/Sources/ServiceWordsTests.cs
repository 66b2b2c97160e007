using HealthEquity.Directory.Entries;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Tests.Formats.Sources;

/// <summary>Names that must not lead families to the wrong door.</summary>
public sealed class ServiceWordsTests
{
    [Theory]
    [InlineData("U.S. Immigration and Customs Enforcement")]
    [InlineData("ICE Tip Line")]
    [InlineData("Customs & Border Protection, Miami Sector")]
    [InlineData("US Citizenship and Immigration Services Field Office")]
    [InlineData("EXAMPLE DEPT OF LAW ENFORCEMENT")]
    [InlineData("OFFICE OF THE STATE ATTORNEY")]
    [InlineData("Example County District Attorney's Office, Victim Services")]
    [InlineData("United States Attorney, Southern District")]
    [InlineData("Office of the Attorney General")]
    [InlineData("City Prosecutor")]
    [InlineData("Example City Police Department Legal Unit")]
    [InlineData("Example County Sheriff's Office")]
    [InlineData("Miami Immigration Court")]
    [InlineData("Clerk of the Circuit Court")]
    [InlineData("Superior Courts, Law Library")]
    [InlineData("Court of Appeals")]
    [InlineData("Consulate General of Mexico, Legal Protection")]
    [InlineData("Consulado de Guatemala")]
    [InlineData("Embassy of Haiti")]
    [InlineData("Adult Probation")]
    [InlineData("Krome Detention Center")]
    public void Agencies_that_enforce_prosecute_or_judge_are_neither_attorneys_nor_providers(string name)
    {
        Assert.NotNull(ServiceWords.WhyNot(EntryKind.Attorney, name));
        Assert.NotNull(ServiceWords.WhyNot(EntryKind.Provider, name));
        Assert.Null(ServiceWords.WhyNot(EntryKind.Organization, name));
    }

    [Theory]
    [InlineData("Ana Example, Attorney at Law")]
    [InlineData("Office of the Public Defender")]
    [InlineData("Immigrant Justice Center")]
    [InlineData("Immigration court defense project")]
    [InlineData("Law Offices of Sol & Luna")]
    [InlineData("Court Street Legal Aid")]
    [InlineData("Rights in Detention Project")]
    [InlineData("Catholic Charities Immigration Legal Services")]
    [InlineData("Victims of Police Violence Law Clinic")]
    public void Whoever_defends_people_stays_an_attorney(string name) => Assert.Null(ServiceWords.WhyNot(EntryKind.Attorney, name));

    [Theory]
    [InlineData("NUTRITIONAL COUNSELING")]
    [InlineData("Foreclosure Prevention Counseling")]
    [InlineData("Credit and Debt Counseling")]
    [InlineData("HUD Housing Counselors")]
    [InlineData("Counseling for Homebuyers")]
    [InlineData("Genetic Counseling Clinic")]
    [InlineData("Physical Therapy")]
    [InlineData("Physical and Occupational Therapy")]
    [InlineData("Health Insurance Counseling")]
    public void Counseling_about_food_money_or_homes_is_no_provider(string name) => Assert.NotNull(ServiceWords.WhyNot(EntryKind.Provider, name));

    [Theory]
    [InlineData("Family Counseling Center")]
    [InlineData("Sun Counseling")]
    [InlineData("Grief therapy")]
    [InlineData("Mental health and nutritional counseling")]
    [InlineData("Housing help")]
    public void Mental_health_care_stays_a_provider(string name) => Assert.Null(ServiceWords.WhyNot(EntryKind.Provider, name));
}
