using System.Text.RegularExpressions;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Traits;
using HealthEquity.Formats.Sources;

namespace HealthEquity.Imports.Columns;

/// <summary>How much of a heading matches the name of a field.</summary>
internal enum HeadingMatch
{
    /// <summary>All: "Phone Number".</summary>
    Whole,

    /// <summary>A part: "Front desk phone".</summary>
    Part,
}

/// <summary>Common column headings in English, Spanish, French, Portuguese and Haitian Creole, and of HSDS and common programs.</summary>
internal static partial class HeadingWords
{
    // Folded: lowercase Latin letters, one space between words. Longer names are matched first.
    private static readonly (string Target, string[] Names)[] Known =
    [
        ("name", ["name", "public name", "official name", "agency public name", "organization name", "organization", "organization", "agency", "agency name", "facility", "facility name", "provider name", "provider", "practice name", "practice", "program name", "program", "company", "business name", "clinic", "clinic name", "site name", "full name", "attorney name", "attorney", "firm", "firm name", "law firm", "display name", "listing", "nombre", "nombre de la organizacion", "organizacion", "proveedor", "nom", "nome", "non", "name1", "name 1", "name2", "name 2", "title", "event title", "event name", "event", "material title", "material name", "material", "policy name", "policy title", "policy", "policy action", "action", "service name", "service provider", "resource", "resource name", "contact name of organization", "legal name"]),
        ("firstName", ["first name", "firstname", "given name", "first", "nombre de pila", "prenom", "primeiro nome", "provider first name"]),
        ("lastName", ["last name", "lastname", "surname", "family name", "last", "apellido", "apellidos", "sobrenome", "provider last name"]),
        ("alternateNames", ["alternate name", "alternate names", "other name", "other names", "aka", "also known as", "dba", "doing business as", "acronym", "former name", "former names", "abbreviation", "otros nombres"]),
        ("summary", ["summary", "short description", "tagline", "brief description", "resumen", "resume"]),
        ("description", ["description", "about", "service description", "services", "services provided", "services offered", "overview", "details", "mission", "descripcion", "servicios", "descricao", "program description", "what they do"]),
        ("tags", ["tags", "tag", "keywords", "labels", "etiquetas"]),
        ("phones", ["phone", "phone number", "phone numbers", "phones", "telephone", "telephone number", "tel", "tel no", "ph", "main phone", "office phone", "business phone", "work phone", "contact phone", "contact number", "primary phone", "phone1", "phone 1", "phone2", "phone 2", "phone 3", "cell", "cell phone", "mobile", "mobile phone", "telefono", "telefonos", "numero de telefono", "telefone", "numero de telephone", "telefon", "local phone"]),
        ("phones.extension", ["ext", "extension", "phone ext", "phone extension", "phone number ext", "extension telefonica", "x"]),
        ("phones.intake", ["intake phone", "intake number", "intake", "intake line", "appointment phone", "appointments phone", "referral phone", "new client phone", "intake1", "intake 1", "intake2", "intake 2", "scheduling phone"]),
        ("phones.afterHours", ["after hours phone", "after hours", "after hours number", "emergency phone"]),
        ("phones.tollFree", ["toll free", "toll free phone", "toll free number", "tollfree", "800 number", "linea gratuita"]),
        ("phones.hotline", ["hotline", "crisis line", "crisis phone", "crisis hotline", "hotline number", "24 hour hotline", "helpline", "linea de crisis", "linea de ayuda"]),
        ("phones.text", ["text", "text number", "sms", "text line", "text message number"]),
        ("phones.whatsapp", ["whatsapp", "whats app", "whatsapp number"]),
        ("phones.fax", ["fax", "fax number", "fax no", "facsimile", "numero de fax"]),
        ("phones.tty", ["tty", "tdd", "tty tdd", "tty number", "relay"]),
        ("emails", ["email", "e mail", "email address", "e mail address", "mail", "contact email", "emails", "general email", "correo", "correo electronico", "courriel", "imel", "email 1", "email 2"]),
        ("website", ["website", "website address", "web site address", "internet address", "web page address", "site address", "web site", "web", "url", "web address", "website url", "homepage", "home page", "web page", "webpage", "link", "site", "sitio web", "pagina web", "site web", "site internet", "organization url"]),
        ("locations.1.name", ["location name", "site", "office name", "building name", "branch", "office"]),
        ("locations.1.address1", ["street", "street address", "address1", "address 1", "address line 1", "address line1", "street1", "street 1", "street address 1", "addr", "addr1", "addr 1", "calle", "rue", "rua", "physical address 1", "street address line 1", "practice address", "office address", "address", "direccion", "adresse", "endereco", "adres"]),
        ("locations.1.address", ["address", "full address", "complete address", "location address", "physical address", "location", "direccion", "direccion completa", "adresse", "endereco", "adres", "formatted address"]),
        ("locations.1.address2", ["address2", "address 2", "address line 2", "address line2", "street2", "street 2", "street address 2", "addr2", "addr 2", "suite", "suite number", "ste", "unit", "apt", "floor", "street address line 2", "apartment", "building", "apartamento", "room"]),
        ("locations.1.city", ["city", "town", "municipality", "city town", "location city", "ciudad", "ville", "cidade", "vil", "practice city"]),
        ("locations.1.county", ["county", "county name", "parish", "location county", "condado", "comte"]),
        ("locations.1.stateProvince", ["state", "st", "state code", "state province", "province", "state abbreviation", "location state", "estado", "etat", "eta", "practice state"]),
        ("locations.1.postalCode", ["zip", "zip code", "zipcode", "zip codes", "postal code", "postcode", "zip postal code", "location zip", "codigo postal", "code postal", "cep", "practice zip", "kod postal", "zip5", "zip 5"]),
        ("locations.1.plus4", ["zip4", "zip 4", "plus4", "plus 4", "zip plus 4", "zip ext", "zip extension"]),
        ("locations.1.latitude", ["latitude", "lat", "y", "y coordinate", "latitud", "geo lat"]),
        ("locations.1.longitude", ["longitude", "lon", "long", "lng", "x", "x coordinate", "longitud", "geo lng", "geo lon"]),
        ("locations.1.transit", ["transit", "public transit", "transportation", "directions", "transporte", "how to get there"]),
        ("locations.1.accessibility", ["accessibility", "ada", "accesibilidad", "accommodations", "ada accessible"]),
        ("locations.1.confidential", ["confidential", "confidential address", "confidential location", "is confidential", "private address", "address confidential", "undisclosed"]),
        ("hours", ["hours", "hours of operation", "office hours", "business hours", "opening hours", "schedule", "service hours", "open hours", "days and hours", "days hours", "operating hours", "hours open", "availability hours", "horario", "horarios", "horas", "heures", "horaires", "ore"]),
        .. new[] { ("monday", "mon", "lunes"), ("tuesday", "tue", "martes"), ("wednesday", "wed", "miercoles"), ("thursday", "thu", "jueves"), ("friday", "fri", "viernes"), ("saturday", "sat", "sabado"), ("sunday", "sun", "domingo") }
            .Select(d => ($"hours.{d.Item1}", new[] { d.Item1, d.Item2, d.Item3, $"{d.Item1} hours", $"{d.Item2} hours", $"hours {d.Item1}", $"hours {d.Item2}" })),
        ("hours.note", ["hours note", "hours notes", "hours comments"]),
        ("languages", ["languages", "language", "languages spoken", "language s", "spoken languages", "languages served", "languages offered", "language access", "language services", "idiomas", "idioma", "langues", "lenguas", "lang", "linguas", "languages supported", "other languages"]),
        ("cost.options", ["cost", "costs", "payment", "payment options", "payment accepted", "payments accepted", "fees", "fee structure", "insurance", "insurance accepted", "insurances", "costo", "tarifa", "pago", "seguro", "payment methods", "payment types", "insurance type"]),
        ("cost.insurers", ["insurers", "insurance plans", "insurance companies", "plans accepted", "insurance carriers", "networks"]),
        ("cost.feeMinimum", ["minimum fee", "fee minimum", "lowest fee", "fee from", "min fee"]),
        ("cost.feeMaximum", ["maximum fee", "fee maximum", "highest fee", "fee to", "max fee", "session fee", "fee"]),
        ("cost.note", ["cost note", "cost notes", "payment notes", "fee notes"]),
        ("serviceArea.states", ["states served", "licensed states", "service states"]),
        ("serviceArea.counties", ["counties served", "counties", "service counties", "county served", "condados", "condados atendidos"]),
        ("serviceArea.zipCodes", ["zip codes served", "zips served", "service zip codes"]),
        ("serviceArea.note", ["service area", "area served", "areas served", "geographic area", "coverage area", "coverage", "region", "catchment area", "area de servicio"]),
        ("eligibility.minimumAge", ["minimum age", "min age", "age min", "youngest age", "age from", "edad minima"]),
        ("eligibility.maximumAge", ["maximum age", "max age", "age max", "oldest age", "age to", "edad maxima"]),
        ("eligibility.populations", ["populations", "population served", "populations served", "special populations", "groups served", "clients served", "target population", "population", "poblaciones", "poblacion"]),
        ("eligibility.documentsRequired", ["documents required", "required documents", "documents", "documentation required", "documentos", "documentos requeridos"]),
        ("eligibility.immigrationStatus", ["immigration status", "immigration status required", "status required", "estatus migratorio"]),
        ("eligibility.note", ["eligibility", "eligibility requirements", "eligibility criteria", "who is eligible", "requirements", "restrictions", "income limit", "elegibilidad", "requisitos"]),
        ("capacity.status", ["accepting new clients", "accepting new patients", "accepting clients", "accepting patients", "accepting referrals", "new patients", "new clients", "capacity", "availability", "taking new clients", "accepting cases"]),
        ("remoteService.offered", ["telehealth", "teletherapy", "telemedicine", "remote", "virtual", "video", "remote services", "telehealth offered", "telesalud", "online"]),
        ("providerType", ["provider type", "facility type", "type of provider", "practice type", "clinician type", "profession", "discipline", "tipo de proveedor"]),
        ("npi", ["npi", "npi number", "npi no", "national provider identifier"]),
        ("licenses.1.number", ["license number", "license number", "license no", "lic no", "license", "license", "lic number", "license num", "numero de licencia", "state license number"]),
        ("licenses.1.type", ["license type", "license type", "credential", "credentials", "licensure", "tipo de licencia"]),
        ("licenses.1.state", ["license state", "license state", "state of license", "licensing state", "state licensed"]),
        ("licenses.1.status", ["license status", "license status"]),
        ("licenses.1.expiresOn", ["license expiration", "license expiration date", "license expires", "license expiry", "license expires"]),
        ("modalities", ["modalities", "modality", "therapy types", "treatment types", "treatment approaches", "type of therapy", "approaches", "modalidades", "services type"]),
        ("specialties", ["specialties", "specialty", "specialities", "areas of expertise", "expertise", "focus areas", "areas of focus", "issues treated", "especialidades", "especialidad"]),
        ("evaluations", ["evaluations", "immigration evaluations", "forensic evaluations", "evaluaciones"]),
        ("attorneyType", ["attorney type", "type of attorney", "legal provider type", "representative type"]),
        ("barAdmissions.1.number", ["bar number", "bar no", "state bar number", "bar id", "bar", "attorney number", "registration number", "sbn"]),
        ("barAdmissions.1.state", ["bar state", "state of admission", "admitted in", "state bar", "bar admission", "jurisdiction"]),
        ("barAdmissions.1.standing", ["bar standing", "bar status", "standing"]),
        ("dojAccreditation.level", ["doj accreditation", "accreditation", "accreditation level", "bia accreditation"]),
        ("dojAccreditation.expiresOn", ["accreditation expires", "accreditation expiration", "accreditation expiration date"]),
        ("recognizedOrganization", ["recognized organization", "recognized organization", "doj recognized organization"]),
        ("practiceAreas", ["practice areas", "practice area", "areas of practice", "areas of law", "case types", "legal services", "types of cases", "immigration services", "areas de practica", "problem codes"]),
        ("help", ["kinds of help", "type of help", "types of assistance", "level of service", "legal help"]),
        ("detainedDocket", ["detained", "detained cases", "takes detained cases", "detained docket", "detained clients"]),
        ("courts", ["courts", "immigration courts", "court", "immigration court"]),
        ("detentionCenters", ["detention centers", "detention facilities", "detention centers"]),
        ("intakePolicy", ["intake policy", "intake process", "how to apply", "application process", "intake procedure", "como solicitar"]),
        ("organizationType", ["organization type", "organization type", "agency type", "type of organization", "tipo de organizacion", "org type"]),
        ("functions", ["functions", "activities", "service categories", "service category", "category", "categories", "categoria", "categorias"]),
        ("ein", ["ein", "tax id", "federal tax id", "employer identification number", "tax id number", "fein"]),
        ("legalStatus", ["legal status", "tax status", "nonprofit status"]),
        ("yearIncorporated", ["year founded", "year incorporated", "founded", "established", "year established"]),
        ("materialType", ["type", "material type", "type of material", "resource type", "document type", "tipo", "tipo de material"]),
        ("audiences", ["audience", "audiences", "intended audience", "who it is for", "for whom", "publico", "destinatarios"]),
        ("publisher", ["publisher", "published by", "author", "source", "organization", "created by", "editorial"]),
        ("license", ["license", "license", "terms of use", "copyright", "rights", "licencia"]),
        ("editions.1.language", ["language", "lang", "edition language", "idioma", "langue", "lingua"]),
        ("editions.1.title", ["edition title", "title in language", "translated title", "local title", "titulo"]),
        ("editions.1.url", ["url", "link", "web address", "website", "download", "download link", "pdf link", "file", "enlace"]),
        ("editions.1.text", ["text", "full text", "body"]),
        ("editions.1.format", ["format", "file type", "file format", "formato"]),
        ("editions.1.reviewedOn", ["reviewed on", "reviewed", "last reviewed", "date reviewed", "review date", "revisado"]),
        ("eventType", ["type", "event type", "type of event", "category", "tipo", "tipo de evento"]),
        ("startsAt", ["start", "starts", "starts at", "start date and time", "start date time", "start datetime", "date and time", "date time", "when", "inicio"]),
        ("startsOn", ["date", "day", "event date", "start date", "starts on", "fecha", "fecha de inicio"]),
        ("startTime", ["time", "start time", "begin time", "begins", "hora", "hora de inicio"]),
        ("endsAt", ["end", "ends", "ends at", "end date and time", "end date time", "end datetime", "fin"]),
        ("endsOn", ["end date", "last day", "ends on", "fecha de fin"]),
        ("endTime", ["end time", "finish time", "until", "hora de fin"]),
        ("timeZone", ["time zone", "timezone", "tz", "zona horaria"]),
        ("locations.1.name", ["venue", "place", "venue name", "lugar"]),
        ("url", ["url", "link", "website", "web address", "event link", "event url", "event page", "zoom link", "enlace"]),
        ("host", ["host", "hosted by", "organizer", "organizer", "organization", "presented by", "sponsor", "organizador"]),
        ("registrationUrl", ["registration", "registration link", "registration url", "register", "sign up", "signup", "sign up link", "rsvp", "rsvp link", "tickets", "registro"]),
        ("theme", ["theme", "topic", "policy area", "policy theme", "category", "tema"]),
        ("actors", ["actor", "actors", "who can act", "who can take it", "responsible", "actores"]),
        ("instrument", ["instrument", "type", "policy type", "type of policy", "mechanism", "instrumento"]),
        ("direction", ["direction", "policy direction", "protective or restrictive"]),
        ("steps", ["steps", "step", "what to do", "how to", "step 1", "step 2", "step 3", "pasos"]),
        ("evidence.1.finding", ["evidence", "finding", "findings", "effect", "impact", "evidencia"]),
        ("evidence.1.name", ["evidence source", "study"]),
        ("evidence.1.url", ["evidence url", "evidence link", "study link"]),
        ("adoptions.1.jurisdiction", ["jurisdiction", "adopted by", "jurisdiction name", "adopter", "jurisdiccion"]),
        ("adoptions.1.level", ["level", "jurisdiction level", "jurisdiction type", "level of government", "nivel"]),
        ("adoptions.1.state", ["state", "jurisdiction state", "st", "estado"]),
        ("adoptions.1.fips", ["fips", "fips code", "geoid", "nces id"]),
        ("adoptions.1.status", ["status", "adoption status", "policy status", "estatus"]),
        ("adoptions.1.on", ["date", "date adopted", "adopted on", "adoption date", "effective date", "fecha"]),
        ("adoptions.1.name", ["source", "source name", "fuente"]),
        ("adoptions.1.url", ["url", "link", "source url", "source link", "policy link", "website"]),
        ("internalNotes", ["notes", "note", "comments", "comment", "internal notes", "remarks", "notas", "comentarios", "staff notes"]),
    ];

    private static readonly (string Target, string[] Names)[] YesNoHeadings =
    [
        ("languages.es", ["spanish", "espanol", "spanish speaking", "habla espanol", "bilingual", "se habla espanol", "bilingual spanish"]), ("languages.ht", ["haitian creole", "creole", "kreyol"]),
        ("languages.fr", ["french", "frances"]), ("languages.pt", ["portuguese", "portugues"]), ("languages.zh", ["chinese", "mandarin"]),
        ("languages.vi", ["vietnamese"]), ("languages.ar", ["arabic"]), ("languages.ase", ["asl", "american sign language", "sign language"]),
        ("cost.free", ["free", "no cost", "free services", "gratis"]), ("cost.slidingScale", ["sliding scale", "sliding fee", "sliding fee scale", "offers sliding scale"]),
        ("cost.medicaid", ["medicaid", "accepts medicaid", "takes medicaid", "medi cal"]), ("cost.medicare", ["medicare", "accepts medicare", "takes medicare"]),
        ("cost.uninsuredWelcome", ["uninsured", "accepts uninsured", "uninsured welcome", "no insurance"]), ("cost.privateInsurance", ["private insurance", "accepts insurance", "takes insurance", "insurance"]),
        ("serviceArea.nationwide", ["nationwide", "national", "statewide or national"]),
    ];

    // Headings that can be questions or names.
    private static readonly string[] QuestionsOrNames = ["capacity.status", "remoteService.offered", "detainedDocket", "locations.1.confidential"];

    private static readonly (EntryKind Kind, Regex Words)[] Kinds =
    [
        (EntryKind.Attorney, AttorneyWords()), (EntryKind.Provider, ProviderWords()), (EntryKind.Organization, OrganizationWords()),
    ];

    // Headings that tables of services rarely have.
    private static readonly (EntryKind Kind, Regex Headings)[] TypicalHeadings =
    [
        (EntryKind.Material, MaterialHeadings()), (EntryKind.Event, EventHeadings()), (EntryKind.PolicyAction, PolicyHeadings()),
    ];

    /// <summary>The kind for which at least two headings are typical; null if there is none.</summary>
    public static EntryKind? KindByHeadings(IEnumerable<string> headings)
    {
        string[] folded = [.. headings.Select(Fold)];
        var (kind, count) = TypicalHeadings.Select(t => (t.Kind, Count: folded.Count(h => t.Headings.IsMatch(h)))).MaxBy(t => t.Count);
        return count >= 2 ? kind : null;
    }

    /// <summary>The fields that the heading may mean, most likely first.</summary>
    public static IEnumerable<string> Targets(string heading, HeadingMatch match) => Find(Known, heading, match);

    /// <summary>The fields that the heading may mean if the cells are yes or no.</summary>
    public static IEnumerable<string> Questions(string heading, HeadingMatch match) =>
        Find([.. YesNoHeadings, .. Known.Where(k => QuestionsOrNames.Contains(k.Target))], heading, match);

    /// <summary>True if the column may identify a row.</summary>
    public static bool IsId(string heading) => Id().IsMatch(Fold(heading));

    /// <summary>True for a column that is not a field of an entry: row number, change date, mailing address.</summary>
    public static bool IsAside(string heading) => Aside().IsMatch(Fold(heading));

    /// <summary>True for a heading about a person, whose name and number are not those of the service.</summary>
    public static bool IsOfPerson(string heading) => Person().IsMatch(Fold(heading));

    /// <summary>How many of the texts suggest the kind.</summary>
    public static int KindWords(EntryKind kind, IEnumerable<string> texts) =>
        texts.Count(t => Array.Find(Kinds, k => k.Kind == kind).Words is { } words && words.IsMatch(Fold(t)));

    /// <summary>"PhoneNumber", "phone_number" and "Teléfono:" become "phone number", "phone number" and "telefono".</summary>
    public static string Fold(string heading) => PostalText.Name(Camel().Replace(heading, " "));

    private static IEnumerable<string> Find((string Target, string[] Names)[] among, string heading, HeadingMatch match)
    {
        var folded = Fold(heading);
        if (IsAside(heading) || folded.Length == 0)
        {
            return [];
        }

        if (match == HeadingMatch.Whole)
        {
            return among.Where(k => k.Names.Contains(folded)).Select(k => k.Target);
        }

        // In English, the last word matters: a "clinic address" is an address. Short names count only at the end: "office fax".
        if (SourceMarkers.IsMarker(heading))
        {
            return [];
        }

        var words = $" {folded} ";
        return among.SelectMany(k => k.Names.Where(n => IsPart(n, words)).Select(n => (k.Target, Name: n)))
            .OrderByDescending(k => words.EndsWith($" {k.Name} ", StringComparison.Ordinal)).ThenByDescending(k => k.Name.Length)
            .Select(k => k.Target).Distinct();
    }

    private static bool IsPart(string name, string words) =>
        name.Length >= 3 && (name.Length > 3 ? words.Contains($" {name} ", StringComparison.Ordinal) : words.EndsWith($" {name} ", StringComparison.Ordinal));

    [GeneratedRegex(@"(?<=\p{Ll})(?=\p{Lu})|_|(?<=\p{Ll})(?=\d)|(?<=\d)(?=\p{Lu})")]
    private static partial Regex Camel();

    [GeneratedRegex(@"^((row|record|unique|source|external|client|facility|organization|agency|provider|site|location|resource|program|service|listing|object|entry) )?(id|uuid|guid|identifier|key)$|^(resource )?agency num(ber)?$|^(id|uuid) (number|no)$|^objectid$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^(row|row number|no|number|index|objectid)$|\b(id|uuid|guid)$|\b(mailing|billing|created|updated|modified|changed|timestamp|last update|entered|verified|password|username|of record|taxonom\w+)\b|\bagency num$|\bdate (added|entered|created|updated)\b")]
    private static partial Regex Aside();

    [GeneratedRegex(@"\b(contact|contacts|director|manager|staff|person|coordinator|supervisor|ceo|president|administrator|officer|poc|owner|superintendent|contacto|responsable)\b(?! (number|us|info)$)")]
    private static partial Regex Person();

    [GeneratedRegex(@"^(material( type| name| title)?|type of material|document type|(intended )?audiences?|publisher|published by|edition.*|(last )?reviewed( on)?|review date|file (type|format)|format|terms of use)$")]
    private static partial Regex MaterialHeadings();

    [GeneratedRegex(@"^(event.*|type of event|start(s|s at|s on)?|(start|end) (date( and)?( time)?|time|datetime)|end(s|s at|s on)?|venue( name)?|rsvp( link)?|(registration|sign up) (link|url)|time ?zone|zoom link|hosted by|host)$")]
    private static partial Regex EventHeadings();

    [GeneratedRegex(@"^(policy.*|jurisdiction.*|level of government|theme|adopted (by|on)|adoption.*|date adopted|instrument|fips( code)?|effective date|who can act|model text)$")]
    private static partial Regex PolicyHeadings();

    [GeneratedRegex(@"\b(attorneys?|law|lawyers?|legal|bar|abogad[oa]s?|esq|justice|asylum|immigration court)\b")]
    private static partial Regex AttorneyWords();

    [GeneratedRegex(@"\b(npi|licen[sc]e|licensure|therap\w*|psych\w*|counsel\w*|clinic\w*|mental|behavioral|lcsw|lmft|lmhc|lpc|patients?|modalit\w*|hospital|insurance)\b")]
    private static partial Regex ProviderWords();

    [GeneratedRegex(@"\b(organization|organizacion|agency|network|coalition|hotline|rapid response|community|church|school|union|council|foundation|ein|tax id|association|alliance)\b")]
    private static partial Regex OrganizationWords();
}
