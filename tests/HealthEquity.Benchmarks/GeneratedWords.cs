namespace HealthEquity.Benchmarks;

/// <summary>Words of the languages in which generated entries are written: what such texts are about, and sentences to put it in.</summary>
internal static class GeneratedWords
{
    public static readonly string[] Languages = ["en", "es", "fr", "pt", "ht", "vi", "ar", "zh-Hans", "ko", "ru", "tl"];

    public static readonly IReadOnlyDictionary<string, string[]> Subjects = new Dictionary<string, string[]>
    {
        ["en"] = ["therapist", "counseling", "immigrant families", "asylum seekers", "trauma recovery", "depression", "anxiety", "legal help", "work permits", "deportation defense", "children and teens", "support groups", "women", "farmworkers", "students", "grief", "free consultation", "bond hearings", "family separation", "evaluations for court"],
        ["es"] = ["terapeuta", "consejería", "familias inmigrantes", "solicitantes de asilo", "trauma", "depresión", "ansiedad", "ayuda legal", "permisos de trabajo", "defensa contra la deportación", "niños y adolescentes", "grupos de apoyo", "mujeres", "trabajadores del campo", "estudiantes", "duelo", "consulta gratuita", "audiencias de fianza", "separación familiar", "evaluaciones psicológicas"],
        ["fr"] = ["thérapeute", "soutien psychologique", "familles immigrées", "demandeurs d'asile", "traumatisme", "dépression", "anxiété", "aide juridique", "permis de travail", "enfants", "groupes de parole", "femmes", "étudiants", "deuil", "consultation gratuite"],
        ["pt"] = ["terapeuta", "aconselhamento", "famílias imigrantes", "pedido de asilo", "trauma", "depressão", "ansiedade", "assistência jurídica", "autorização de trabalho", "crianças", "grupos de apoio", "mulheres", "estudantes", "luto", "consulta gratuita"],
        ["ht"] = ["terapis", "konsèy", "fanmi imigran", "demann azil", "twoma", "depresyon", "enkyetid", "èd legal", "pèmi travay", "timoun", "gwoup sipò", "fanm", "elèv", "gratis"],
        ["vi"] = ["nhà trị liệu", "tư vấn tâm lý", "gia đình di dân", "xin tị nạn", "chấn thương tâm lý", "trầm cảm", "lo âu", "luật sư", "giấy phép lao động", "trẻ em", "nhóm hỗ trợ", "phụ nữ", "học sinh", "miễn phí"],
        ["ar"] = ["معالج نفسي", "الإرشاد", "عائلات المهاجرين", "طالبي اللجوء", "الصدمات النفسية", "الاكتئاب", "القلق", "المساعدة القانونية", "تصريح العمل", "الأطفال", "مجموعات الدعم", "النساء", "الطلاب", "مجاني"],
        ["zh-Hans"] = ["心理治疗师", "心理咨询", "移民家庭", "申请庇护", "创伤", "抑郁", "焦虑", "法律援助", "工作许可", "儿童", "互助小组", "妇女", "学生", "免费"],
        ["ko"] = ["심리치료사", "상담", "이민자 가족", "망명 신청", "트라우마", "우울증", "불안", "법률 지원", "취업허가", "어린이", "자조모임", "여성", "학생", "무료"],
        ["ru"] = ["психотерапевт", "консультации", "семьи иммигрантов", "прошение об убежище", "травма", "депрессия", "тревога", "юридическая помощь", "разрешение на работу", "дети", "группы поддержки", "женщины", "студенты", "бесплатно"],
        ["tl"] = ["terapista", "pagpapayo", "pamilyang imigrante", "humihingi ng asilo", "trauma", "depresyon", "pagkabalisa", "tulong legal", "permit sa trabaho", "mga bata", "grupong sumusuporta", "kababaihan", "estudyante", "libre"],
    };

    public static readonly IReadOnlyDictionary<string, string[]> Sentences = new Dictionary<string, string[]>
    {
        ["en"] = ["We offer {0} and {1} in {2}.", "Our staff works with people who need {0}, whatever their papers.", "Call us about {0} or {1}; ask for {3}.", "{3} has helped neighbors in {2} with {0} since it opened."],
        ["es"] = ["Ofrecemos {0} y {1} en {2}.", "Nuestro personal atiende a quienes necesitan {0}, sin importar sus papeles.", "Llámenos para {0} o {1}; pregunte por {3}.", "{3} ayuda a los vecinos de {2} con {0}."],
        ["fr"] = ["Nous proposons {0} et {1} à {2}.", "Notre équipe accueille ceux qui cherchent {0}.", "Appelez {3} pour {0} ou {1}."],
        ["pt"] = ["Oferecemos {0} e {1} em {2}.", "Nossa equipe atende quem precisa de {0}.", "Ligue para {3} sobre {0} ou {1}."],
        ["ht"] = ["Nou ofri {0} ak {1} nan {2}.", "Ekip nou an ede moun ki bezwen {0}.", "Rele {3} pou {0} oswa {1}."],
        ["vi"] = ["Chúng tôi cung cấp {0} và {1} tại {2}.", "Nhân viên giúp những người cần {0}.", "Hãy gọi {3} về {0} hoặc {1}."],
        ["ar"] = ["نقدم {0} و{1} في {2}.", "يعمل فريقنا مع من يحتاج إلى {0}.", "اتصلوا ب {3} بشأن {0} أو {1}."],
        ["zh-Hans"] = ["我们在{2}提供{0}和{1}。", "我们的员工帮助需要{0}的人。", "请致电{3}了解{0}或{1}。"],
        ["ko"] = ["저희는 {2}에서 {0} 및 {1}을 제공합니다.", "직원들은 {0}이 필요한 분들을 돕습니다.", "{0} 또는 {1}은 {3}에 전화하세요."],
        ["ru"] = ["Мы предлагаем {0} и {1} в {2}.", "Наши сотрудники помогают тем, кому нужны {0}.", "Звоните в {3}: {0} или {1}."],
        ["tl"] = ["Nag-aalok kami ng {0} at {1} sa {2}.", "Tinutulungan ng aming kawani ang nangangailangan ng {0}.", "Tumawag sa {3} tungkol sa {0} o {1}."],
    };

    public static readonly string[] FirstNames = ["Maria", "José", "Ana", "Luis", "Rosa", "Carlos", "Jean", "Marie", "Nguyen", "Linh", "Ahmed", "Fatima", "Wei", "Mei", "Ji-woo", "Min", "Olga", "Ivan", "Grace", "Angelo", "John", "Sarah", "Emily", "David", "Michael", "Zoë", "Inès", "Paulo", "Beatriz", "Guadalupe", "Xochitl", "Amara", "Kofi", "Lucía", "Ramón", "Pierre", "Esther", "Ruth", "Hannah", "Daniel"];

    public static readonly string[] LastNames = ["González", "Rodríguez", "García", "Martínez", "Hernández", "Pierre-Louis", "Joseph", "Tran", "Pham", "Hassan", "Ali", "Chen", "Wang", "Li", "Kim", "Park", "Petrov", "Ivanova", "Santos", "Reyes", "Smith", "Johnson", "Williams", "Brown", "Miller", "Davis", "O'Brien", "Silva", "Souza", "Okafor", "Mensah", "López", "Ramírez", "Torres", "Flores", "Cruz", "Morales", "Ortiz", "Gutiérrez", "Chávez"];

    public static readonly string[] NameNouns = ["Counseling Center", "Family Services", "Community Clinic", "Legal Aid", "Law Office", "Behavioral Health", "Immigrant Rights Coalition", "Casa Esperanza", "Wellness Collective", "Justice Project", "Health Center", "Centro de Ayuda", "Welcome House", "Children's Clinic", "Refugee Services"];

    private static readonly string[] Syllables = ["ba", "co", "da", "fe", "gri", "ho", "jun", "ka", "lo", "mar", "ne", "pol", "qui", "ris", "sa", "tor", "ul", "ven", "wil", "xa", "yor", "zel", "bran", "cley", "dor", "fin", "gar", "hal", "ker", "lin"];

    /// <summary>An invented proper name. Small numbers are common names.</summary>
    public static string Proper(int number)
    {
        var text = "";
        for (var rest = number + Syllables.Length; rest > 0; rest /= Syllables.Length)
        {
            text += Syllables[rest % Syllables.Length];
        }

        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
