"""The works that policies cite, by key."""

SOURCES = {
    "Axelrod1984": "Axelrod, R. (1984). The Evolution of Cooperation. Basic Books.",
    "BuchananTullock1962": "Buchanan, J. M. and Tullock, G. (1962). The Calculus of Consent. University of Michigan Press.",
    "Crawford2011": (
        "Crawford, T. W. (2011). Preventing Enemy Coalitions: How Wedge Strategies Shape Power Politics. "
        "International Security 35(4), 155-189."
    ),
    "CyertMarch1963": "Cyert, R. M. and March, J. G. (1963). A Behavioral Theory of the Firm. Prentice-Hall.",
    "FalkFischbacher2006": (
        "Falk, A. and Fischbacher, U. (2006). A theory of reciprocity. Games and Economic Behavior 54(2), 293-315."
    ),
    "Faratin1998": (
        "Faratin, P., Sierra, C. and Jennings, N. R. (1998). Negotiation decision functions for autonomous agents. "
        "Robotics and Autonomous Systems 24(3-4), 159-182."
    ),
    "Faratin2002": (
        "Faratin, P., Sierra, C. and Jennings, N. R. (2002). Using similarity criteria to make issue trade-offs in "
        "automated negotiations. Artificial Intelligence 142(2), 205-237."
    ),
    "GodeSunder1993": (
        "Gode, D. K. and Sunder, S. (1993). Allocative efficiency of markets with zero-intelligence traders. "
        "Journal of Political Economy 101(1), 119-137."
    ),
    "KahnemanTversky1979": (
        "Kahneman, D. and Tversky, A. (1979). Prospect theory: an analysis of decision under risk. "
        "Econometrica 47(2), 263-291."
    ),
    "Levy1997": (
        "Levy, J. S. (1997). Prospect theory, rational choice, and international relations. "
        "International Studies Quarterly 41(1), 87-112."
    ),
    "McKelveyPalfrey1995": (
        "McKelvey, R. D. and Palfrey, T. R. (1995). Quantal response equilibria for normal form games. "
        "Games and Economic Behavior 10(1), 6-38."
    ),
    "Putnam1988": (
        "Putnam, R. D. (1988). Diplomacy and domestic politics: the logic of two-level games. "
        "International Organization 42(3), 427-460."
    ),
    "Rabin1993": (
        "Rabin, M. (1993). Incorporating fairness into game theory and economics. "
        "American Economic Review 83(5), 1281-1302."
    ),
    "Raiffa1982": "Raiffa, H. (1982). The Art and Science of Negotiation. Harvard University Press.",
    "Schelling1960": "Schelling, T. C. (1960). The Strategy of Conflict. Harvard University Press.",
    "Selten1998": "Selten, R. (1998). Aspiration adaptation theory. Journal of Mathematical Psychology 42(2-3), 191-214.",
    "Simon1955": (
        "Simon, H. A. (1955). A behavioral model of rational choice. Quarterly Journal of Economics 69(1), 99-118."
    ),
    "Snyder1984": "Snyder, G. H. (1984). The security dilemma in alliance politics. World Politics 36(4), 461-495.",
    "TverskyKahneman1992": (
        "Tversky, A. and Kahneman, D. (1992). Advances in prospect theory: cumulative representation of uncertainty. "
        "Journal of Risk and Uncertainty 5(4), 297-323."
    ),
    "Walt1987": "Walt, S. M. (1987). The Origins of Alliances. Cornell University Press.",
}
