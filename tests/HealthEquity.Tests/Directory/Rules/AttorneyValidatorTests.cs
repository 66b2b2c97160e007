using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Rules;

public class AttorneyValidatorTests
{
    [Theory]
    [InlineData("1234567", true)]
    [InlineData("014412020", true)]
    [InlineData("admitted", false)]
    [InlineData("", false)]
    public void A_bar_number_has_the_form_that_bars_use(string number, bool good) =>
        Check(AnAttorney with { BarAdmissions = [new() { State = "NY", Number = number }] }, good, "barAdmissions[0].number", "Copy it from the registry");

    [Fact]
    public void A_bar_admission_has_a_state_and_no_duplicates()
    {
        Refuses(AnAttorney with { BarAdmissions = [new() { State = "ny", Number = "1" }] }, "barAdmissions[0].state", "Did you mean 'NY'?");
        Refuses(AnAttorney with { BarAdmissions = [new() { State = "NY", Number = "1" }, new() { State = "NY", Number = "1" }] }, "barAdmissions[1].number", "Remove one of the two");
    }

    [Fact]
    public void An_attorney_needs_a_bar_admission()
    {
        Refuses(AnAttorney with { AttorneyType = "attorney" }, "barAdmissions", "enter the state and the bar number");
        Accepts(AnAttorney with { AttorneyType = "attorney", BarAdmissions = [new() { State = "NY", Number = "1234567" }] });
        Accepts(AnAttorney with { AttorneyType = "legalAidProgram" });
    }

    [Fact]
    public void An_accredited_representative_works_for_a_recognized_organization()
    {
        var accredited = AnAttorney with { AttorneyType = "accreditedRepresentative", DojAccreditation = new() { Level = "partial" }, RecognizedOrganization = "Example Center" };
        Accepts(accredited);
        Refuses(accredited with { DojAccreditation = null }, "dojAccreditation", "8 CFR 1292.12");
        Refuses(accredited with { RecognizedOrganization = null }, "recognizedOrganization", "enter its name");
        Refuses(accredited with { DojAccreditation = new() { Level = "complete" } }, "dojAccreditation.level", "partial, full");
    }
}
