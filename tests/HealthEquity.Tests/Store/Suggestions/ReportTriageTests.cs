using HealthEquity.Store.Suggestions;

namespace HealthEquity.Tests.Store.Suggestions;

public sealed class ReportTriageTests
{
    [Theory]
    [InlineData("There was an ICE van outside the clinic.")]
    [InlineData("La migra estaba afuera de la clínica")]
    [InlineData("ICE te nan klinik la")]
    [InlineData("Des agents de l'immigration étaient là")]
    [InlineData("Agentes de imigração estavam na porta")]
    [InlineData("Có nhân viên di trú ở ngoài cửa")]
    [InlineData("诊所外面有移民局的人")]
    [InlineData("診所外面有移民局的人")]
    [InlineData("병원 앞에서 이민 단속이 있었어요")]
    [InlineData("كانت شرطة الهجرة أمام العيادة")]
    [InlineData("پلیس جلوی درمانگاه بود")]
    [InlineData("Возле клиники была облава")]
    [InlineData("Біля клініки була облава")]
    [InlineData("Booliis ayaa jooga meesha")]
    [InlineData("May mga ahente ng imigrasyon sa labas")]
    public void Reports_of_danger_come_first_in_every_language(string message) => Assert.Equal(ReportUrgency.Danger, ReportTriage.Of(message));

    [Theory]
    [InlineData("They asked for papers at the desk.")]
    [InlineData("Me pidieron papeles")]
    [InlineData("Yo mande m papye")]
    [InlineData("Ils ont demandé mes papiers")]
    [InlineData("Pediram meus papéis")]
    [InlineData("Họ hỏi giấy tờ của tôi")]
    [InlineData("他们要看我的证件")]
    [InlineData("他們要看我的證件")]
    [InlineData("체류 신분을 물어봤어요")]
    [InlineData("طلبوا جواز السفر")]
    [InlineData("از من مدارک خواستند")]
    [InlineData("Они спросили документы")]
    [InlineData("Вони спитали документи")]
    [InlineData("Waxay i weydiiyeen sharci")]
    [InlineData("Hiningi nila ang pasaporte ko")]
    public void Reports_about_papers_come_next_in_every_language(string message) => Assert.Equal(ReportUrgency.Papers, ReportTriage.Of(message));

    [Theory]
    [InlineData("The number is (305) 555-0142.")]
    [InlineData("They have a nice voice and good ideas; the office is open on Saturday.")]
    [InlineData("El horario cambió: abren los sábados.")]
    [InlineData("")]
    public void Anything_else_is_not_urgent(string message) => Assert.Equal(ReportUrgency.Other, ReportTriage.Of(message));

    [Theory]
    [InlineData("The number does not work!", "the number doesn't work", false)]
    [InlineData("The number does not work anymore", "The number does not work any more.", false)]
    [InlineData("Buy cheap watches at example.com now", "BUY cheap watches at example.com, now!!", true)]
    [InlineData("The number is wrong", "the number is wrong.", true)]
    [InlineData("电话打不通了", "电话打不通了。", true)]
    [InlineData("The number is wrong", "They moved to Main Street", false)]
    [InlineData("!!", "The number", false)]
    public void Nearly_the_same_reports_are_recognized(string one, string other, bool same) => Assert.Equal(same, ReportTriage.IsNearlySame(one, other));
}
