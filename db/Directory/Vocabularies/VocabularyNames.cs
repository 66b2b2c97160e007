namespace HealthEquity.Directory.Vocabularies;

/// <summary>The names of the vocabularies. Each ships as a file, <c>Vocabularies/Terms/{name}.json</c>.</summary>
public static class VocabularyNames
{
#pragma warning disable CS1591 // the names speak for themselves; the files define the terms
    public const string Accessibility = "accessibility";
    public const string AdoptionStatus = "adoptionStatus";
    public const string AttorneyType = "attorneyType";
    public const string Audience = "audience";
    public const string Availability = "availability";
    public const string BarStanding = "barStanding";
    public const string Capacity = "capacity";
    public const string Consent = "consent";
    public const string Cost = "cost";
    public const string Court = "court";
    public const string DojAccreditation = "dojAccreditation";
    public const string Eligibility = "eligibility";
    public const string Evaluation = "evaluation";
    public const string EventType = "eventType";
    public const string Help = "help";
    public const string ImmigrationStatus = "immigrationStatus";
    public const string JurisdictionLevel = "jurisdictionLevel";
    public const string LanguageService = "languageService";
    public const string LicenseStatus = "licenseStatus";
    public const string LicenseType = "licenseType";
    public const string MaterialFormat = "materialFormat";
    public const string MaterialType = "materialType";
    public const string Modality = "modality";
    public const string OrganizationFunction = "organizationFunction";
    public const string OrganizationType = "organizationType";
    public const string PhoneType = "phoneType";
    public const string PolicyActor = "policyActor";
    public const string PolicyDirection = "policyDirection";
    public const string PolicyInstrument = "policyInstrument";
    public const string PolicyTheme = "policyTheme";
    public const string Population = "population";
    public const string PracticeArea = "practiceArea";
    public const string ProviderType = "providerType";
    public const string ProvisionForce = "provisionForce";
    public const string RequiredDocument = "requiredDocument";
    public const string Specialty = "specialty";
    public const string SuspensionReason = "suspensionReason";
    public const string Tag = "tag";
    public const string TranslationProvenance = "translationProvenance";
    public const string VerificationMethod = "verificationMethod";
    public const string VerificationOutcome = "verificationOutcome";
#pragma warning restore CS1591
}
